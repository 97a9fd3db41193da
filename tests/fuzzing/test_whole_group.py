"""A group in which everything goes to everybody."""

import pytest

from simulator.fuzzing.whole_group import WholeGroup, addition, removal
from simulator.mutation.properties import Broken


def test_who_comes_and_goes() -> None:
    whole = WholeGroup.of("alice", "bob")
    whole.commit("alice", addition(whole, "carol"))
    whole.commit("bob", removal(whole, "alice"))
    assert set(whole.groups) == {"bob", "carol"}
    whole.check_agreement()


def test_members_that_do_not_agree_are_found() -> None:
    whole, other = WholeGroup.of("alice", "bob"), WholeGroup.of("alice", "bob")
    other.commit("alice", force_path=True)
    whole.groups["bob"] = other.groups["bob"]
    with pytest.raises(Broken, match="members are in other states"):
        whole.check_agreement()
