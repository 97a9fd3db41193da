"""A bar for many runs."""

import io
from contextlib import redirect_stderr

from simulator.cli.output.console import TextConsole
from simulator.cli.running.jobs import Ran
from simulator.cli.running.progress_bar import Bar
from tests.scenario.small_scenarios import passes


async def test_runs_are_counted_through_all_waves() -> None:
    with redirect_stderr(io.StringIO()):
        bar = Bar(TextConsole(stderr=True))
    ran = Ran(await passes("  - offline: bob.phone\n"))
    with bar:
        for what in ("first", "second"):
            bar.begin(what, 1)
            bar.job_ended(ran)
    assert bar.runs == 2
