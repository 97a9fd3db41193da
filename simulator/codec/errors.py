"""What malformed input becomes."""

from simulator.errors import SimulatorError


class DecodeError(SimulatorError):
    """Bytes that are not an encoding of the type they should be.

    `offset` counts bytes from the start of the input; `path` names the field as one would write it in Python
    (`content.proposals[2].key_package`), empty where the input as a whole is at fault; `reason` says which rule broke.
    """

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason
        self._segments: list[str] = []

    def inside(self, segment: str) -> None:
        """Note, on the way out, the field or `[index]` that the failing bytes belong to."""
        self._segments.append(segment)

    @property
    def path(self) -> str:
        """The failing field, outermost name first."""
        return ".".join(reversed(self._segments)).replace(".[", "[")

    def __str__(self) -> str:
        where = f"{self.path} at byte {self.offset}" if self.path else f"byte {self.offset}"
        return f"{where}: {self.reason}"


class TooManyValues(DecodeError):
    """More structs and items of vectors than the caller takes; what follows has not been read."""


def too_short(offset: int, needed: int, end: int) -> DecodeError:
    """The error for a value of `needed` bytes at `offset` in input that stops at `end`."""
    return DecodeError(offset, f"needs {needed} bytes, {max(end - offset, 0)} left")
