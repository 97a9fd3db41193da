"""Trees become structs; every mistake is found, each at its place."""

from enum import Enum
from typing import Annotated, Any, ClassVar, Literal

import msgspec
import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError
from simulator.scenario.loading.conversion import INVALID, Reader
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.tree import parse
from simulator.scenario.names import Checked, CheckedInDraft, Defines, Kind, Names, Refers


class Colour(Enum):
    red = "red"
    green = "green"


def even(text: str) -> None:
    if len(text) % 2:
        raise SimulatorError(f'"{text}" is odd')


def named(text: str, draft: Draft) -> None:
    if text != draft.name:
        raise SimulatorError(f'"{text}" is not {draft.name}')


class Inner(msgspec.Struct, tag="inner"):
    shorthand: ClassVar[str] = "number"

    number: Annotated[int, msgspec.Meta(ge=0, le=9)]


class Outer(msgspec.Struct, tag="outer", kw_only=True):
    who: Annotated[str, Defines(Kind.user)]
    whom: Annotated[str, Refers(Kind.user)] | None = None
    colour: Colour = Colour.red
    version: Literal["1.2", "1.3"] = "1.3"
    inner: Inner | None = None
    many: tuple[int, ...] = ()
    table: dict[str, Inner] = {}
    anything: Any = None
    checked: Annotated[str, Checked(even)] = ""
    spoken: Annotated[str, CheckedInDraft(named)] = ""
    flag: bool = False
    either: int | str = 0
    from_: str = msgspec.field(name="from", default="")

    def __post_init__(self) -> None:
        if self.flag and self.many:
            raise SimulatorError("a flag and many at once")


def read(text: str) -> tuple[Any, list[str]]:
    problems = Problems("x.yaml", text)
    node = parse(text, problems)
    assert node is not None
    value = Reader(problems, _names(), {}).value(node, Outer)
    return value, [f"{p.span.line}:{p.span.column} {p.message}" for p in problems.found if p.span]


def _names() -> Names:
    names = Names(DRAFTS[0])
    names.define(Kind.provider, "a.example")
    return names


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("whom: alice", "whom", "alice"),
        ("whom: ~", "whom", None),
        ("colour: green", "colour", Colour.green),
        ('version: "1.2"', "version", "1.2"),
        ("version: 1.2", "version", "1.2"),
        ("inner: {number: 3}", "inner", Inner(3)),
        ("inner: 3", "inner", Inner(3)),
        ("many: [1, 2]", "many", (1, 2)),
        ("many: 1", "many", (1,)),
        ("many:", "many", ()),
        ("table: {a: 1, b: {number: 2}}", "table", {"a": Inner(1), "b": Inner(2)}),
        ("anything: {a: [1, x, {b: true}]}", "anything", {"a": (1, "x", {"b": True})}),
        ("checked: ab", "checked", "ab"),
        ("spoken: mimi-transport-00", "spoken", "mimi-transport-00"),
        ("either: x", "either", "x"),
        ("from: here", "from_", "here"),
    ],
)
def test_what_is_right_becomes_a_value(text: str, field: str, value: object) -> None:
    outer, complaints = read(f"who: alice\n{text}\n")
    assert complaints == []
    assert getattr(outer, field) == value


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("whom: bob", '2:7 unknown user "bob"; known: alice'),
        ("colour: gren", '2:9 unknown colour "gren" (did you mean "green"?)'),
        ("colour: [red]", "2:9 expected one of red, green, not a list"),
        ("version: tls", '2:10 unknown choice "tls"; known: 1.2, 1.3'),
        ("version: [1.2]", "2:10 expected one of 1.2, 1.3, not a list"),
        ("inner: {}", '2:8 inner needs "number"'),
        ("inner: x", '2:8 expected a whole number, not text "x"'),
        ("inner: {number: 10}", "2:17 expected a number <= 9"),
        ("many: [1, x]", '2:11 expected a whole number, not text "x"'),
        ("many: true", "2:7 expected a whole number, not true"),
        ("table: [1]", "2:8 expected names with values, not a list"),
        ("table: {a: x}", '2:12 expected a whole number, not text "x"'),
        ("checked: abc", '2:10 "abc" is odd'),
        ("spoken: abc", '2:9 "abc" is not mimi-transport-00'),
        ("flag: yes", '2:7 expected true or false, not text "yes"'),
        ("flag:", "2:1 expected true or false, not nothing"),
        ("either: [x]", "2:9 expected a whole number or text, not a list"),
        ("many: 1\nflag: true", "1:1 a flag and many at once"),
        ("form: x", '2:1 outer has no field "form" (did you mean "from"?)'),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text: str, complaint: str) -> None:
    outer, complaints = read(f"who: alice\n{text}\n")
    assert complaints == [complaint]
    assert (outer is INVALID) == ("has no field" not in complaint)


def test_all_mistakes_are_found_at_once() -> None:
    _, complaints = read("colour: blue\nmany: [a, b]\nwho: 3\nxyzzy: 1\n")
    assert sorted(complaint.split()[0] for complaint in complaints) == ["1:9", "2:11", "2:8", "3:6", "4:1"]


def test_a_struct_without_shorthand_is_a_mapping() -> None:
    (complaint,) = read("[1]")[1]
    assert complaint.startswith("1:1 expected outer: a mapping with who, whom, colour, ")
