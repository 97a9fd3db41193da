"""Each flaw is a word with a meaning; drafts bring some of theirs."""

from dataclasses import replace

import pytest

from simulator.clients.adversary import odd_group_info, odd_proposals, odd_successor, spoiled_key_package
from simulator.clients.adversary.flaws import (
    EXPIRED_LEAF,
    NOTHING,
    check_flaw,
    flaws,
    meanings,
    meanings_or_nothing,
    of_all_drafts,
    of_profiles,
    spoiler,
)
from simulator.drafts.adversary import Adversary
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.errors import SimulatorError

SPOILING = (odd_group_info, odd_proposals, odd_successor, spoiled_key_package)
OF_MLS = {NOTHING, EXPIRED_LEAF}.union(*(module.FLAWS for module in SPOILING))


def test_those_of_mls_and_those_of_the_draft() -> None:
    found = flaws(MIMI_TRANSPORT_00)
    assert set(found) == OF_MLS | set(MIMI_TRANSPORT_00.adversary.flawed_profiles)
    assert all(meaning.endswith(".") for meaning in found.values())
    assert of_profiles(MIMI_TRANSPORT_00)["no_version"] == "The group does not say of which version it is."
    assert set(flaws(replace(MIMI_TRANSPORT_00, adversary=Adversary()))) == OF_MLS


def test_those_of_all_drafts() -> None:
    found = of_all_drafts()
    assert all(found[name] == meaning for name, meaning in flaws(MIMI_TRANSPORT_00).items())


def upside_down() -> str:
    """It stands on its head."""
    return "?"


def test_a_table_of_flaws() -> None:
    table = {"upside_down": upside_down}
    assert meanings(table) == {"upside_down": "It stands on its head."}
    assert meanings_or_nothing(table) == {NOTHING: "Nothing is wrong with it.", **meanings(table)}
    assert spoiler(table, "upside_down", "message")() == "?"
    with pytest.raises(SimulatorError, match=r'no message has the flaw "upside" .did you mean "upside_down"'):
        spoiler(table, "upside", "message")


def test_only_what_fits() -> None:
    check_flaw(NOTHING, (), "message", MIMI_TRANSPORT_00)
    check_flaw("late", ("late",), "message", MIMI_TRANSPORT_00)
    with pytest.raises(SimulatorError, match=r'no message has the flaw "lat" in mimi-transport-00 .did you mean'):
        check_flaw("lat", ("late",), "message", MIMI_TRANSPORT_00)
