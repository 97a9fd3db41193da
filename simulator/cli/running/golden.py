"""`run --record` and `run --verify`: golden traces from the traces that a run has left."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.errors import SimulatorError
from simulator.scenario import Scenario
from simulator.scenario.running.spreading import kills
from simulator.scenario.running.tracing import Keep


class Golden:
    """What is wanted of golden traces, and a folder for traces where nobody else wants them."""

    def __init__(self, to_record: Path | None, to_verify: Path | None) -> None:
        self._record = to_record
        self._verify = to_verify
        self._folder = TemporaryDirectory(prefix="mimi-sim-") if to_record or to_verify else None

    @property
    def keep(self) -> Keep | None:
        """Where traces have to be kept for this, if they have to."""
        return Keep(Path(self._folder.name)) if self._folder else None

    def finish(self, console: TextConsole, keep: Keep | None, code: Exit) -> Exit:
        """Record or verify what is kept; the exit code, given the run's own."""
        if self._folder is None or keep is None:
            return code
        try:
            with self._folder:
                return self._finish(console, keep.folder, code)
        except SimulatorError as error:
            complain(str(error))
            return max(code, Exit.fault)

    def _finish(self, console: TextConsole, folder: Path, code: Exit) -> Exit:
        if self._record is not None and code is not Exit.passed:
            complain(f"nothing was recorded in {self._record}: not all has passed")
            return code
        from simulator.trace import read_all
        from simulator.trace.comparing.diff_text import markdown, text
        from simulator.trace.comparing.golden import record, verify

        traces = read_all(folder)
        if self._record is not None:
            size = record(traces, self._record)
            console.show(f"{self._record}: golden traces of {len(traces)}, {size} bytes")
        if self._verify is not None:
            found = verify(traces, self._verify)
            console.show(text(found))
            if found:
                console.show(f"\n{markdown(found)}")
            return Exit(max(code, Exit.failed)) if found else code
        return code


def golden_traces(to_record: Path | None, to_verify: Path | None, scenarios: Iterable[Scenario] = ()) -> Golden:
    """What two options ask for. Raises SimulatorError where they ask for both, or there is nothing to compare with, or
    nothing that is the same each time.
    """
    if to_record is not None and to_verify is not None:
        raise SimulatorError("--record writes golden traces anew and --verify compares with them: one at a time")
    if to_verify is not None:
        from simulator.trace.comparing.golden import check_recorded

        check_recorded(to_verify)
    for each in scenarios if to_record or to_verify else ():
        if kills(each):
            raise SimulatorError(
                f"{each.id} kills processes: no two runs of it need send the same bytes, so that there is nothing to "
                "--record or to --verify"
            )
    return Golden(to_record, to_verify)
