"""`mimi-sim trace diff`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.arguments import Draft
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain, emit, say
from simulator.errors import SimulatorError


def trace_diff(
    old: Annotated[Path, typer.Argument(metavar="A", help="A folder of `run --trace`, or one trace in it.")],
    new: Annotated[Path, typer.Argument(metavar="B", help="The same of another run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the differences as JSON.")] = False,
    page: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page of them to FILE.")] = None,
    draft: Draft = None,
) -> None:
    """Compare two runs: messages, fields, sizes, answers, verdicts, what was noticed; not times and ports.

    Bytes that a seed makes (keys, signatures, ciphertexts) are counted, not listed. Exit codes: 0 the same,
    1 different, 2 bad usage.

    Examples:

        mimi-sim trace diff before after

        mimi-sim trace diff before after --html diff.html
    """
    from simulator.cli.running.traces import read_traces, spare
    from simulator.trace.comparing.diff import diff
    from simulator.trace.comparing.diff_views import html, text, to_json
    from simulator.trace.saving import replace_file

    try:
        changes = diff(read_traces(old), read_traces(new))
        if page is not None:
            spare(old, page, "--html")
            spare(new, page, "--html")
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    if page is not None:
        try:
            replace_file(page, (html(changes, f"{old} → {new}").encode(errors="backslashreplace"),))
        except OSError as error:
            complain(f"--html {page}: {error.strerror}")
            raise typer.Exit(Exit.usage) from None
    if as_json:
        emit(json.dumps(to_json(changes), indent=2) + "\n")
    else:
        say(text(changes))
    raise typer.Exit(Exit.failed if changes else Exit.passed)
