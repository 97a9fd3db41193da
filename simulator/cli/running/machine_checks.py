"""What work needs of the machine besides its inputs, looked at before the work begins."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.scenario import Scenario


def check_temporary_folder(scenarios: "Iterable[Scenario]", *, records: bool = False) -> None:
    """Where the run of these needs temporary files, something must take them: providers' stores that are files, the TLS
    secrets of a recording, and certificates where the system has no files in memory. Raises SimulatorError.
    """
    from simulator.scenario.running.building import needs_folder

    needed = records or not hasattr(os, "memfd_create") or any(needs_folder(each.topology) for each in scenarios)
    if needed:
        try:
            tempfile.gettempdir()
        except FileNotFoundError:
            raise SimulatorError(
                "there is no folder that takes temporary files, and this needs some: let TMPDIR name one"
            ) from None


def check_working_folder(*paths: Path | None) -> None:
    """Where one of these is to be written in the working folder, that must be there. Raises SimulatorError."""
    if any(path is not None and not path.is_absolute() for path in paths):
        try:
            os.getcwd()
        except OSError as error:
            raise SimulatorError(f"the working folder can't be used: {error.strerror}") from None
