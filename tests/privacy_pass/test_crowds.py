"""Crowds and rounds."""

import pytest

from simulator.privacy_pass.crowds import check_crowd, crowd_of, round_of
from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.holders import holder_pseudonym
from simulator.privacy_pass.redemption_context import Window

KEY, WINDOW = b"k" * 32, Window(3600, 7)
USERS = [f"mimi://a.example/u/{number}" for number in range(11)]


def test_everybody_is_in_one_crowd_of_at_least_the_size() -> None:
    crowds = {crowd_of(user, USERS, 3, KEY) for user in USERS}
    assert sorted(len(crowd) for crowd in crowds) == [3, 3, 5]
    assert sorted(user for crowd in crowds for user in crowd) == sorted(USERS)
    assert all(user in crowd_of(user, USERS, 3, KEY) for user in USERS)


def test_it_does_not_depend_on_who_asks_or_how_users_are_listed() -> None:
    first = crowd_of(USERS[0], USERS, 3, KEY)
    assert {crowd_of(user, USERS[::-1], 3, KEY) for user in first} == {first}
    assert crowd_of(USERS[0], USERS, 3, b"l" * 32) != first


def test_too_few_users_are_no_crowd() -> None:
    assert crowd_of(USERS[0], USERS[:2], 3, KEY) == ()
    assert set(crowd_of(USERS[0], USERS[:3], 3, KEY)) == set(USERS[:3])


def test_a_round_is_in_the_order_of_pseudonyms() -> None:
    found = round_of(USERS[:4], "b.example", WINDOW, KEY)
    assert {user for user, _ in found} == set(USERS[:4])
    assert [name for _, name in found] == sorted(name for _, name in found)
    assert all(name == holder_pseudonym(KEY, "b.example", WINDOW, user) for user, name in found)


def test_nothing_is_redeemed_for_fewer() -> None:
    check_crowd(3, 3)
    with pytest.raises(InvalidChallenge) as caught:
        check_crowd(2, 3)
    assert (caught.value.rule, caught.value.requirement) == ("crowd", "PP-CROWD-1")
