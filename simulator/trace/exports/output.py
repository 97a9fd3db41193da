"""Where exports write."""

from collections.abc import Iterable
from pathlib import Path

from simulator.errors import SimulatorError


def save(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file piece by piece; what is there already is replaced. Raises SimulatorError."""
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
    except BrokenPipeError:
        return  # whoever read it (`| head`) has enough
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> SimulatorError:
    """What to say when something can't be written."""
    return SimulatorError(f"can't write to {path}: {error.strerror}")
