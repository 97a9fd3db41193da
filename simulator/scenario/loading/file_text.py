"""The text of a scenario file."""

from pathlib import Path

from simulator.errors import SimulatorError
from simulator.scenario.loading.shipped import located


class NotText(SimulatorError):
    """A file that can't be read as text; of a file that has other bytes in it, `before` is all in front of those."""

    def __init__(self, message: str, before: str | None = None) -> None:
        super().__init__(message)
        self.before = before


def text_of(path: Path) -> str:
    """What is in a file, which is UTF-8. Raises NotText, and FileNotFoundError where nothing is."""
    path = located(path)
    try:
        if path.exists() and not path.is_file():
            raise NotText("is a folder" if path.is_dir() else "is no regular file")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = error.object[error.start]
        raise NotText(f"not UTF-8: byte 0x{bad:02x}", error.object[: error.start].decode("utf-8-sig")) from error
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotText(f"can't be read: {error.strerror}") from error
