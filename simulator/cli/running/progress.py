"""What one sees while scenarios run: finished lines above, the running one with its step below."""

from collections.abc import Sequence
from types import TracebackType

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from simulator.cli.output.console import TextConsole
from simulator.cli.output.lines import failure, scenario_line, step_lines
from simulator.cli.running.jobs import Ran
from simulator.dataclass import dataclass
from simulator.printable import printable
from simulator.scenario import Result, Scenario, ScenarioResult


@dataclass(frozen=True, slots=True)
class DisplayOptions:
    """How much is to be told."""

    debug: bool = False
    verbose: int = 0
    """1: each step; 2: each request and decision too."""
    options: Sequence[str] = ()
    """What a command must say again to run one of these scenarios."""


class Display:
    """An observer that prints. Where the output is no terminal, only what is finished appears."""

    def __init__(
        self, console: TextConsole, scenarios: Sequence[Scenario], options: DisplayOptions, total: int | None
    ) -> None:
        self._console = console
        self._options = options
        self._width = max((len(scenario.id) for scenario in scenarios), default=0)
        spinner = SpinnerColumn("dots" if console.encoding.startswith("utf") else "line")
        columns = (spinner, TextColumn("{task.description}", markup=False), BarColumn(20), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_animated)
        self._all = self._progress.add_task("all scenarios", total=total)
        self._one = self._progress.add_task("", total=None, visible=False)

    def __enter__(self) -> "Display":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def scenario_began(self, scenario: Scenario) -> None:
        """Show it with an empty bar."""
        self._progress.reset(self._one, total=len(scenario.steps), description=printable(scenario.id), visible=True)

    def step_began(self, scenario: Scenario, number: int) -> None:
        """Move its bar on."""
        entry = scenario.steps[number - 1]
        described = f"{scenario.id}:{entry.line} {entry.label}"
        self._progress.update(self._one, completed=number - 1, description=printable(described))

    def scenario_ended(self, result: ScenarioResult) -> None:
        """Take its bar away."""
        self._progress.update(self._one, visible=False)

    def job_ended(self, ran: Ran) -> None:
        """Print its line, and what is to be said if it did not pass."""
        result = ran.result
        self._progress.advance(self._all)
        self._console.show(scenario_line(result, self._width))
        if self._options.verbose:
            for line in step_lines(ran, requests=self._options.verbose > 1):
                self._console.show(line)
        if result.result in (Result.failed, Result.fault):
            for line in failure(result, debug=self._options.debug, options=self._options.options, seen=ran.steps):
                self._console.show(line)
