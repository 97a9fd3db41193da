"""What one sees while scenarios run: finished lines above, the running one with its step below."""

from collections.abc import Sequence
from types import TracebackType

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
        self._bars = _Bars(console, total) if console.is_animated else None

    def __enter__(self) -> "Display":
        if self._bars:
            self._bars.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.progress.stop()

    def scenario_began(self, scenario: Scenario) -> None:
        """Show it with an empty bar."""
        if self._bars:
            self._bars.begin(printable(scenario.id), len(scenario.steps))

    def step_began(self, scenario: Scenario, number: int) -> None:
        """Move its bar on."""
        entry = scenario.steps[number - 1]
        if self._bars:
            self._bars.move(printable(f"{scenario.id}:{entry.line} {entry.label}"), number - 1)

    def scenario_ended(self, result: ScenarioResult) -> None:
        """Take its bar away."""
        if self._bars:
            self._bars.end()

    def job_ended(self, ran: Ran) -> None:
        """Print its line, and what is to be said if it did not pass."""
        result = ran.result
        if self._bars:
            self._bars.advance()
        self._console.show(scenario_line(result, self._width))
        if self._options.verbose:
            for line in step_lines(ran, requests=self._options.verbose > 1):
                self._console.show(line)
        if result.result in (Result.failed, Result.fault):
            for line in failure(result, debug=self._options.debug, options=self._options.options, seen=ran.steps):
                self._console.show(line)


class _Bars:
    """Two lines that move: all scenarios, and the one that is running."""

    def __init__(self, console: TextConsole, total: int | None) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        spinner = SpinnerColumn("dots" if console.rich.encoding.startswith("utf") else "line")
        columns = (spinner, TextColumn("{task.description}", markup=False), BarColumn(20), TimeElapsedColumn())
        self.progress: Progress = Progress(*columns, console=console.rich, transient=True)
        self._all = self.progress.add_task("all scenarios", total=total)
        self._one = self.progress.add_task("", total=None, visible=False)

    def begin(self, description: str, total: int) -> None:
        """A scenario, with an empty bar."""
        self.progress.reset(self._one, total=total, description=description, visible=True)

    def move(self, description: str, completed: int) -> None:
        """So many of its steps are over."""
        self.progress.update(self._one, completed=completed, description=description)

    def end(self) -> None:
        """No scenario is running."""
        self.progress.update(self._one, visible=False)

    def advance(self) -> None:
        """One more is over."""
        self.progress.advance(self._all)
