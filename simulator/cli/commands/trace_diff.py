"""`mimi-sim trace diff`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import complain, emit, say
from simulator.errors import SimulatorError


def trace_diff(
    old: Annotated[Path, typer.Argument(metavar="A", help="A folder of `run --trace`, or one trace in it.")],
    new: Annotated[Path, typer.Argument(metavar="B", help="The same of another run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the differences as JSON.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Tell each difference at its place, also where many are alike.")
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="End with a summary in Markdown, for a pull request.")
    ] = False,
    page: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page of them to FILE.")] = None,
) -> None:
    """Compare two runs: first what is on the wire, struct by struct, then messages, answers, what was noticed.

    Each trace is read by the layout that it carries, whatever this version knows. What a change of the layout explains
    is told with it, once; what is alike in many places is told once, with their number. Bytes that a seed makes (keys,
    signatures, ciphertexts) are counted, not listed. Exit codes: 0 the same, 1 different, 2 bad usage.

    Examples:

        mimi-sim trace diff before after

        mimi-sim trace diff before after --html diff.html
    """
    from simulator.cli.running.traces import spare
    from simulator.trace import read_all
    from simulator.trace.comparing.diff import diff
    from simulator.trace.comparing.diff_text import markdown, text
    from simulator.trace.comparing.diff_views import html, to_json
    from simulator.trace.saving import replace_file

    try:
        found = diff(read_all(old), read_all(new))
        if page is not None:
            spare(old, page, "--html")
            spare(new, page, "--html")
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    if page is not None:
        try:
            replace_file(page, (html(found, f"{old} → {new}").encode(errors="backslashreplace"),))
        except OSError as error:
            complain(f"--html {page}: {error.strerror}")
            raise typer.Exit(Exit.usage) from None
    if as_json:
        emit(json.dumps(to_json(found), indent=2) + "\n")
    else:
        say(text(found, every=every))
        if summary and found:
            say(f"\n{markdown(found)}")
    raise typer.Exit(Exit.failed if found else Exit.passed)
