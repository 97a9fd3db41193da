"""Decisions: each practice has an ID of its own, drafts list what they follow, and a guide explains every kind."""

from collections import Counter
from importlib import import_module
from pkgutil import walk_packages

from simulator.cli.guides import GUIDES
from simulator.drafts import DRAFTS
from simulator.scenario.demands import demands
from simulator.services.decisions import Decision, Kind, Practice, told_nobody

ROOMS = ("simulator.services", "simulator.clients", "simulator.provider")


def practices() -> list[Practice]:
    """All that are declared."""
    names = [each.name for room in ROOMS for each in walk_packages(import_module(room).__path__, f"{room}.")]
    values = (value for name in names for value in vars(import_module(name)).values())
    return list({id(value): value for value in values if isinstance(value, Practice)}.values())


def test_each_practice_has_an_id_of_its_own_that_no_rule_has() -> None:
    ids = [practice.id for practice in practices()]
    assert max(Counter(ids).values()) == 1
    assert not set(ids) & set(demands(DRAFTS[0]).ids)


def test_there_is_a_practice_of_each_kind_and_each_says_what_is_done() -> None:
    found = practices()
    assert {practice.kind for practice in found} == set(Kind)
    assert all(practice.text.endswith(".") and "\n" not in practice.text for practice in found)


def test_a_draft_lists_practices_that_there_are_and_requirements_of_its_own() -> None:
    ids = {practice.id for practice in practices()}
    for draft in DRAFTS:
        assert set(draft.practices) <= ids
        assert set(draft.practices.values()) <= {each.id for each in draft.requirements}


def test_the_guide_explains_every_kind() -> None:
    text = GUIDES["traffic"].read_text(encoding="utf-8")
    assert [kind for kind in Kind if f"\n| `{kind.value}` | " not in text] == []


def test_where_nobody_wants_to_hear_nothing_happens() -> None:
    told_nobody(Decision(practices()[0], "because"))
