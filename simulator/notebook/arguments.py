"""What cells pass, checked before anything happens with it: a sentence says what was expected, and what came.

    @checked("plotting costs")
    def cost(self, by: str = "endpoint") -> Plot: ...

judges each argument by its annotation: classes, unions, `Literal`, `None`, and numbers that `Annotated` gives a `Span`.
What is in a collection is for the function itself to judge.
"""

import inspect
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache, wraps
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.notebook.errors import saying
from simulator.printable import printable

P = ParamSpec("P")
R = TypeVar("R")

_LONGEST = 60
"""How many characters of a wrong value are shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a whole number may be."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class FileName:
    """What may be the name of a file: no NUL, nothing that this system can't write."""


File = Annotated[Path | str, FileName(), "a path"]
Seed = Annotated[int, Span(0, 2**63 - 1)]
Rows = Annotated[int, Span(0, 1_000_000)]
Moment = Annotated[int, Span(0, 253_370_764_799)]
"""Unix seconds, up to the end of the year 9998."""

RuleIDs = Annotated[str | Iterable[str], "the ID of a rule or requirement, or several"]

Time = Annotated[int | str | timedelta, "seconds, or a time such as 10 minutes"]

_WORDS: dict[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    bytes: "bytes",
    NoneType: "None",
}


def checked(doing: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator: the function raises Refused, with what was being done, for an argument that its annotation does not
    allow, and for whatever else is no fault of ours.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def called(*args: P.args, **kwargs: P.kwargs) -> R:
            with saying(doing):
                check_call(function, args, kwargs)
                return function(*args, **kwargs)

        return called

    return decorate


def check_call(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Raises SimulatorError for an argument that the function's annotation of it does not allow, and TypeError, as
    Python does, for arguments that are too many, too few or not known.
    """
    signature, hints = _annotated(function)
    for name, given in signature.bind(*args, **kwargs).arguments.items():
        kind = signature.parameters[name].kind
        if kind is inspect.Parameter.VAR_POSITIONAL:
            found = [(f"each of {name}", value) for value in given]
        else:
            found = list(given.items()) if kind is inspect.Parameter.VAR_KEYWORD else [(name, given)]
        for said, value in found:
            expect(said, value, hints[name])


def expect(name: str, value: object, hint: Any) -> None:
    """Raises SimulatorError where a value is not what a hint says."""
    if not _fits(value, hint):
        raise SimulatorError(f"{name} is {_words(hint)}, not {shown(value)}")


def shown(value: object) -> str:
    """A wrong value, in a sentence."""
    return printable(repr(value), _LONGEST)


@cache
def _annotated(function: Callable[..., Any]) -> tuple[inspect.Signature, dict[str, Any]]:
    """The parameters and their hints, those that are written as text too; a result's hint is nobody's here."""
    known = getattr(inspect.unwrap(function), "__globals__", {})
    parameters = {name: hint for name, hint in function.__annotations__.items() if name != "return"}
    holder = type("Parameters", (), {"__annotations__": parameters})
    found = get_type_hints(holder, globalns=known, include_extras=True)
    signature = inspect.signature(function)
    return signature, {name: found.get(name, Any) for name in signature.parameters}


def _fits(value: object, hint: Any) -> bool:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any or isinstance(hint, TypeVar):
        return True
    if origin is Annotated:
        return _fits(value, arguments[0]) and all(_allows(each, value) for each in arguments[1:])
    if origin in (Union, UnionType):
        return any(_fits(value, each) for each in arguments)
    if origin is Literal:
        return value in arguments
    if hint is None or hint is NoneType:
        return value is None
    if hint in (int, float) and isinstance(value, bool):
        return False
    if hint is float:
        return isinstance(value, int | float) and value == value and abs(value) != float("inf")
    return isinstance(value, origin or hint)


def _allows(rule: object, value: Any) -> bool:
    """Whether a rule of an `Annotated` allows what is of its type."""
    match rule:
        case Span(least, most):
            return bool(least <= value <= most)
        case FileName():
            try:
                return b"\0" not in os.fsencode(value)
            except UnicodeEncodeError:
                return False
    return True


def _words(hint: Any) -> str:
    return " or ".join(dict.fromkeys(_each(hint)))


def _each(hint: Any) -> Iterator[str]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        span = next((each for each in arguments[1:] if isinstance(each, Span)), None)
        words = next((each for each in arguments[1:] if isinstance(each, str)), None)
        if words is not None:
            yield words
        elif span is not None:
            yield f"{_words(arguments[0])} from {span.least} to {span.most}"
        else:
            yield from _each(arguments[0])
    elif origin in (Union, UnionType):
        for each in arguments:
            yield from _each(each)
    elif origin is Literal:
        yield from map(repr, arguments)
    else:
        known = hint if hint is not None else NoneType
        yield _WORDS.get(known, f"a {(origin or known).__name__}")
