"""What a fuzzer takes for granted of itself. Where that is not so, the fuzzer has a bug: that is no finding.

What it expects of those that it sends to is a property, and its failure a finding (`simulator.mutation.properties`).
"""

from typing import TypeVar

T = TypeVar("T")


class OwnBug(Exception):
    """The fuzzer is wrong about its own doing; it says nothing about what was fuzzed, and its batch is a fault."""


def present(value: T | None, why: str) -> T:
    """The value. Raises OwnBug where there is none, though there is one for this reason."""
    if value is None:
        raise OwnBug(f"there is nothing, though {why}")
    return value


def kind(wanted: type[T], value: object, why: str) -> T:
    """The value. Raises OwnBug where it is of another type than it is for this reason."""
    if not isinstance(value, wanted):
        raise OwnBug(f"this is no {wanted.__name__}, though {why}: {type(value).__name__}")
    return value


def own_bug(error: BaseException) -> OwnBug | None:
    """The one that an exception is, or has inside as a group, or was raised from."""
    if isinstance(error, OwnBug):
        return error
    inside = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    causes = (error.__cause__,) if error.__cause__ is not None else ()
    return next((found for each in (*inside, *causes) if (found := own_bug(each)) is not None), None)
