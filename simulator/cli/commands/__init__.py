"""The commands: one file each, and `COMMANDS` here, which is the only list of them.

A command is a function as typer reads it: annotated arguments and options, each with its help, and a docstring that
ends with examples. It imports at its top only what its signature needs, all else inside: `mimi-sim --help` loads every
file, a command that is called its own alone.
"""

from collections.abc import Callable, Mapping

from simulator.imported_by_name import ImportedByName

COMMANDS: Mapping[str, Callable[..., None]] = ImportedByName(
    __name__,
    {
        "run": "run:run",
        "check": "check:check",
        "list": "list_scenarios:list_scenarios",
        "show": "show:show",
        "new": "new:new",
        "steps": "steps:steps",
        "schema": "schema:schema",
        "coverage": "coverage:coverage",
        "ablate": "ablate:ablate",
        "compare": "compare:compare",
        "sweep": "sweep:sweep",
        "fuzz": "fuzz:fuzz",
        "bench": "bench:bench",
        "report": "report:report",
        "decode": "decode:decode",
        "serve": "serve:serve",
        "authority": "authority:authority",
        "guide": "guide:guide",
    },
)

TRACE_COMMANDS: Mapping[str, Callable[..., None]] = ImportedByName(
    __name__,
    {
        "diff": "trace_diff:trace_diff",
        "export": "trace_export:trace_export",
    },
)
"""What is done with traces: `mimi-sim trace ...`."""
