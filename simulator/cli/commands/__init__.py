"""The commands: one file each, and `COMMANDS` here, which is the only list of them.

A command is a function as typer reads it: annotated arguments and options, each with its help, and a docstring that
ends with examples. It imports at its top only what its signature needs, all else inside: `mimi-sim --help` loads every
file.
"""

from collections.abc import Callable

from simulator.cli.commands.ablate import ablate
from simulator.cli.commands.authority import authority
from simulator.cli.commands.bench import bench
from simulator.cli.commands.check import check
from simulator.cli.commands.compare import compare
from simulator.cli.commands.coverage import coverage
from simulator.cli.commands.decode import decode
from simulator.cli.commands.fuzz import fuzz
from simulator.cli.commands.guide import guide
from simulator.cli.commands.list_scenarios import list_scenarios
from simulator.cli.commands.new import new
from simulator.cli.commands.report import report
from simulator.cli.commands.run import run
from simulator.cli.commands.schema import schema
from simulator.cli.commands.serve import serve
from simulator.cli.commands.show import show
from simulator.cli.commands.steps import steps
from simulator.cli.commands.sweep import sweep
from simulator.cli.commands.trace_diff import trace_diff
from simulator.cli.commands.trace_export import trace_export

COMMANDS: dict[str, Callable[..., None]] = {
    "run": run,
    "check": check,
    "list": list_scenarios,
    "show": show,
    "new": new,
    "steps": steps,
    "schema": schema,
    "coverage": coverage,
    "ablate": ablate,
    "compare": compare,
    "sweep": sweep,
    "fuzz": fuzz,
    "bench": bench,
    "report": report,
    "decode": decode,
    "serve": serve,
    "authority": authority,
    "guide": guide,
}

TRACE_COMMANDS: dict[str, Callable[..., None]] = {
    "diff": trace_diff,
    "export": trace_export,
}
"""What is done with traces: `mimi-sim trace ...`."""
