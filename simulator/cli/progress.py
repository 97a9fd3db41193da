"""What one sees while scenarios run: finished lines above, the running one with its step below."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from simulator.cli.lines import failure, scenario_line
from simulator.scenario import Result, Scenario, ScenarioResult


class Display:
    """An observer that prints. Where the output is no terminal, only the finished lines appear."""

    def __init__(self, console: Console, scenarios: tuple[Scenario, ...], *, debug: bool) -> None:
        self._console = console
        self._debug = debug
        self._width = max((len(scenario.id) for scenario in scenarios), default=0)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._all = self._progress.add_task("all scenarios", total=len(scenarios))
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
        self._progress.reset(self._one, total=len(scenario.steps), description=scenario.id, visible=True)

    def step_began(self, scenario: Scenario, number: int) -> None:
        """Move its bar on."""
        entry = scenario.steps[number - 1]
        described = f"{scenario.id}:{entry.line} {entry.label}"
        self._progress.update(self._one, completed=number - 1, description=described)

    def scenario_ended(self, result: ScenarioResult) -> None:
        """Print its line, and what is to be said if it did not pass."""
        self._progress.update(self._one, visible=False)
        self._progress.advance(self._all)
        self._console.print(scenario_line(result, self._width), soft_wrap=True)
        if result.result is not Result.passed:
            for line in failure(result, debug=self._debug):
                self._console.print(line, soft_wrap=True)
