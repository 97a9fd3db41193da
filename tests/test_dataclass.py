"""Our dataclasses are the standard library's, but for when their methods are compiled."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable, Hashable
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from typing import Any

import pytest

from simulator.dataclass import dataclass

OPTIONS: tuple[dict[str, bool], ...] = (
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "eq": False},
    {"slots": True, "unsafe_hash": True},
    {"repr": False},
)


def point(decorator: Callable[..., Any], options: dict[str, bool]) -> Any:
    @decorator(**options)
    class Point:
        """A point."""

        x: int
        y: int = 2
        tags: tuple[str, ...] = field(default_factory=tuple, repr=False)
        note: str = field(default="", compare=False, kw_only=True)
        weight: int = field(default=5, init=False)

    return Point


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_an_instance_is_what_the_standard_library_makes(options: dict[str, bool]) -> None:
    ours, theirs = point(dataclass, options), point(dataclasses.dataclass, options)
    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))
    made, expected = ours(x=1, note="n"), theirs(x=1, note="n")
    assert asdict(made) == asdict(expected)
    assert made.weight == 5
    assert [each.name for each in fields(made)] == [each.name for each in fields(expected)]
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(made, "__dict__") == hasattr(expected, "__dict__")
    if options.get("repr", True):
        assert repr(made) == repr(expected)
    assert (made == ours(x=1)) == (expected == theirs(x=1))
    assert made != ours(x=3)
    assert made != expected
    assert isinstance(made, Hashable) == isinstance(expected, Hashable)
    if isinstance(made, Hashable) and options.get("eq", True):
        assert hash(made) == hash(expected)
    assert replace(made, y=7).y == 7


def test_the_wrong_arguments_are_refused() -> None:
    ours = point(dataclass, {"frozen": True})
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        ours()
    with pytest.raises(TypeError, match="unexpected keyword argument 'weight'"):
        ours(1, weight=3)


@pytest.mark.parametrize("slots", [False, True])
def test_a_frozen_one_refuses_assignment(slots: bool) -> None:
    made = point(dataclass, {"frozen": True, "slots": slots})(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        made.x = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del made.x
    assert copy.deepcopy(made) == made


@dataclass(frozen=True, slots=True)
class Kept:
    name: str
    parts: tuple[int, ...] = ()


def test_one_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Kept("a", (1, 2)))) == Kept("a", (1, 2))


def test_its_own_methods_stay() -> None:
    @dataclass(frozen=True)
    class Own:
        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

        def __post_init__(self) -> None:
            object.__setattr__(self, "name", self.name.upper())

    assert (Own("a"), hash(Own("a")), repr(Own("a")), Own("a").name) == (Own("b"), 7, "own", "A")


@pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass])
def test_one_can_be_derived_from(decorator: Any) -> None:
    @decorator(frozen=True, slots=True)
    class Named(Kept):
        more: str = ""

    assert Named("a", (1,), "m") == Named("a", parts=(1,), more="m") != Kept("a", (1,))
    with pytest.raises(FrozenInstanceError):
        Named("a").more = "x"
    with pytest.raises(TypeError, match="cannot inherit non-frozen dataclass from a frozen one"):

        @decorator
        class Loose(Kept):
            pass


def test_one_that_holds_itself_can_be_shown() -> None:
    @dataclass
    class Node:
        inner: Any = None

    node = Node()
    node.inner = node
    assert repr(node).endswith("Node(inner=...)")


def test_a_method_is_compiled_once_where_it_is_first_used() -> None:
    ours = point(dataclass, {})
    assert not inspect.isfunction(vars(ours)["__init__"])
    ours(1)
    assert inspect.isfunction(vars(ours)["__init__"])
    assert ours.__init__.__qualname__.endswith("Point.__init__")
    assert inspect.getdoc(ours) == "A point."
