"""A bar for commands that run many scenarios, in waves."""

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from simulator.cli.output.console import TextConsole
from simulator.cli.running.jobs import Ran
from simulator.scenario import NullObserver


class Bar(NullObserver):
    """A bar that says how many runs of the present wave are over; nothing where no line may be drawn over."""

    def __init__(self, console: TextConsole) -> None:
        self._console = console
        spinner = SpinnerColumn("dots" if console.rich.encoding.startswith("utf") else "line")
        columns = (spinner, TextColumn("{task.description}", markup=False), BarColumn(20), MofNCompleteColumn())
        self._progress = Progress(
            *columns, TimeElapsedColumn(), console=console.rich, transient=True, disable=not console.is_animated
        )
        self._wave = self._progress.add_task("", total=None)
        self.runs = 0
        """How many are over, in all waves."""

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, what: str, total: int) -> None:
        """A wave of so many runs begins."""
        self._progress.reset(self._wave, total=total, description=what)

    def job_ended(self, ran: Ran) -> None:
        """One of them is over."""
        self.runs += 1
        self._progress.advance(self._wave)
