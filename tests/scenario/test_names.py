"""Which names a file may use where, and what is said about the others."""

from typing import get_type_hints

import pytest

from simulator.drafts import DRAFTS
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.loading.conversion import INVALID
from simulator.scenario.loading.nodes import Scalar
from simulator.scenario.loading.pipeline import reader
from simulator.scenario.loading.problems import Problems, ScenarioFileError, Span
from simulator.scenario.names import Kind, Names, OneOf, Refers
from simulator.scenario.steps import STEPS


@pytest.fixture
def names() -> Names:
    names = Names(DRAFTS[0])
    for kind, name in [
        (Kind.provider, "a.example"),
        (Kind.user, "alice"),
        (Kind.client, "alice"),
        (Kind.client, "alice.phone"),
        (Kind.group, "team"),
    ]:
        assert names.define(kind, name) is None
    return names


def test_what_is_defined_may_be_used(names: Names) -> None:
    assert names.complaint(Kind.client, "alice.phone") is None
    assert names.complaint(Kind.endpoint, "deliver_message") is None


def test_a_client_has_one_whole_name(names: Names) -> None:
    assert [names.client(name) for name in ("alice", "alice.phone", "a.example")] == [
        "alice.phone",
        "alice.phone",
        None,
    ]


def test_a_user_with_several_clients_is_none_of_them(names: Names) -> None:
    assert names.complaint(Kind.client, "alice") is None
    assert names.define(Kind.client, "alice.laptop") is None
    assert names.complaint(Kind.client, "alice") == (
        "alice has 2 clients, and one is meant here: write alice.phone or alice.laptop"
    )
    assert names.complaint(Kind.user, "alice") is None
    assert [names.client(name) for name in ("alice", "alice.laptop")] == [None, "alice.laptop"]


def test_one_name_means_one_thing_of_its_kind(names: Names) -> None:
    assert names.define(Kind.group, "team") == 'there is already a group "team"'
    assert names.define(Kind.message, "team") is None


@pytest.mark.parametrize(
    ("kind", "name", "complaint"),
    [
        (Kind.client, "alice.fone", 'unknown client "alice.fone" (did you mean "alice.phone"?)'),
        (Kind.user, "team", 'unknown user "team": that is a group'),
        (Kind.message, "hello", 'unknown message "hello": no step above has made a message'),
        (Kind.provider, "zzz", 'unknown provider "zzz"; known: a.example'),
    ],
)
def test_an_unknown_name_gets_the_most_helpful_words(names: Names, kind: Kind, name: str, complaint: str) -> None:
    assert names.complaint(kind, name) == complaint


def test_a_long_list_of_known_names_is_cut() -> None:
    names = Names(DRAFTS[0])
    for number in range(20):
        names.define(Kind.group, f"group_{number}")
    complaint = names.complaint(Kind.group, "zzz")
    assert complaint is not None
    assert complaint.endswith("group_7, ...")


def test_a_user_who_need_not_exist_is_named_by_uri(names: Names) -> None:
    assert names.complaint(Kind.user, "mimi://b.example/u/nobody") is None
    assert names.complaint(Kind.client, "mimi://b.example/d/nobody/phone") is not None


def test_without_a_topology_its_names_are_not_complained_about() -> None:
    assert Names(DRAFTS[0]).complaint(Kind.client, "alice") is None
    assert Names(DRAFTS[0]).complaint(Kind.group, "team") is not None


def everybody() -> Names:
    names = Names(DRAFTS[0])
    names.define(Kind.provider, "a.example")
    for name in ("alice", "alice.phone", "alice.laptop", "bob", "bob.phone"):
        names.define(Kind.client, name)
        if "." not in name:
            names.define(Kind.user, name)
    return names


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        (Kind.user, "all", ("alice", "bob")),
        (Kind.user, "all but bob", ("alice",)),
        (Kind.user, "b*", ("bob",)),
        (Kind.user, "c*", ()),
        (Kind.client, "all", ("alice.phone", "alice.laptop", "bob.phone")),
        (Kind.client, "all but alice", ("bob.phone",)),
        (Kind.client, "all but bob, *.laptop", ("alice.phone",)),
        (Kind.client, "a*", ("alice.phone", "alice.laptop")),
        (Kind.client, "alice", ("alice.phone", "alice.laptop")),
        (Kind.client, "alice.phone", None),
        (Kind.client, "bob", None),
        (Kind.user, "alice", None),
        (Kind.user, "alice but bob", None),
        (Kind.endpoint, "all", None),
    ],
)
def test_words_for_several(kind: Kind, words: str, found: tuple[str, ...] | None) -> None:
    assert everybody().matching(Refers(kind), words) == found


def test_who_acts_is_named_one_by_one() -> None:
    assert everybody().matching(Refers(Kind.client, alone=True), "alice") is None
    assert everybody().matching(Refers(Kind.client, alone=True), "all but bob") == ("alice.phone", "alice.laptop")


def test_a_name_is_defined_again_only_by_its_own_place() -> None:
    names = Names(DRAFTS[0])
    assert names.define(Kind.group, "team", Span(3, 1, 5)) is None
    assert names.define(Kind.group, "team", Span(3, 1, 5)) is None
    assert names.define(Kind.group, "team", Span(4, 1, 5)) == 'there is already a group "team"'
    assert names.define(Kind.group, "team") == 'there is already a group "team"'


def test_one_of_some_words() -> None:
    colour = OneOf("colour", lambda: {"red": "Warm.", "green": ""}, keyword="paint")
    assert colour.complaint("red") is None
    assert colour.complaint("gren") == 'unknown colour "gren" (did you mean "green"?)'
    assert colour.complaint("x") == 'unknown colour "x"; mimi-sim steps paint lists all'


CLIENT_FIELDS = [
    pytest.param(annotation, id=f"{word}-{field}")
    for word, kind in {**STEPS, **EXPECTATIONS}.items()
    for field, annotation in get_type_hints(kind, include_extras=True).items()
    if "kind=<Kind.client: 'client'>" in str(annotation) and "Refers" in str(annotation)
]


@pytest.mark.parametrize("annotation", CLIENT_FIELDS)
def test_no_step_and_no_expectation_takes_the_first_of_several_clients(annotation: object) -> None:
    """Wherever a client can be named, a user with two is both of them, or a mistake."""
    problems = Problems("x.yaml", "")
    reads = reader(problems, DRAFTS[0])
    reads.names = everybody()
    read = reads.value(Scalar("alice", Span(1, 1, 5)), annotation)
    if read is INVALID:
        with pytest.raises(ScenarioFileError, match="alice has 2 clients, and one is meant here"):
            problems.raise_if_any()
    else:
        assert str(read).replace("(", "").count("alice.phone', 'alice.laptop'") == 1, read


def test_there_are_many_places_for_a_client() -> None:
    assert len(CLIENT_FIELDS) > 30
