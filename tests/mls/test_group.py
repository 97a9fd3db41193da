"""Whole histories: everybody follows everything, deterministically, and mistakes leave no trace."""

import pytest

from simulator.mls.crypto.suite import CIPHER_SUITES, CipherSuite
from tests.mls.room import Room, removal


@pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: str(suite.value))
def test_a_group_lives_through_everything_in_every_suite(suite: CipherSuite) -> None:
    room = Room.of("alice", "bob", "carol", suite=suite)
    room.propose_update("bob")
    room.commit("carol")
    room.commit("bob", removal(room, "alice"), private=True)
    assert sorted(room.groups) == ["bob", "carol"]
    assert room.service.epoch == 3
