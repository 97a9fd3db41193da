"""A KeyPackage with one thing wrong is not taken into stock."""

from typing import Any

import pytest

from simulator.clients.adversary.odd_key_package import odd_key_package
from simulator.drafts.mls_profile import REGULAR
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.mls.crypto import cipher_suite
from simulator.services.refusal import Refusal


@pytest.mark.parametrize(
    ("flaw", "oddity", "broken"),
    [
        ("nothing", {"new_key": True}, "UPLOAD-KEY"),
        ("nothing", {"claims": "mimi://c.example/d/carol/phone"}, "UPLOAD-CLIENT"),
        ("nothing", {"suite": cipher_suite(2)}, "UPLOAD-CIPHER-SUITE"),
        ("expired_leaf", {}, "UPLOAD-VALID"),
        ("leaf_without_versions", {}, "DS-VERSION-LEAF"),
        ("filled_mark", {}, "DS-KEY-PACKAGES-LAST-RESORT"),
        ("filled_mark", {"last_resort": True}, "DS-KEY-PACKAGES-LAST-RESORT"),
    ],
)
async def test_each_is_found(session: Session, flaw: str, oddity: dict[str, Any], broken: str) -> None:
    state = session.client("bob").state
    made = odd_key_package(state, REGULAR, flaw, **oddity)
    before = state.home.key_packages_left(state.uri, REGULAR)
    with pytest.raises(Refusal) as refused:
        state.home.publish(state.uri, [made])
    assert broken in refused.value.rules
    assert state.home.key_packages_left(state.uri, REGULAR) == before


async def test_a_sound_one_and_one_that_cannot_be(session: Session) -> None:
    state = session.client("bob").state
    before = state.home.key_packages_left(state.uri, REGULAR)
    made = odd_key_package(state, REGULAR, "nothing")
    state.home.publish(state.uri, [made])
    assert state.home.key_packages_left(state.uri, REGULAR)[0] == before[0] + 1
    more = odd_key_package(state, REGULAR, "mls_extensions", last_resort=False, new_key=False)
    state.home.publish(state.uri, [more])
    assert more.leaf_node.capabilities.proposals == (8, 10)
    with pytest.raises(SimulatorError, match='no KeyPackage has the flaw "later_epoch"'):
        odd_key_package(state, REGULAR, "later_epoch")


async def test_another_suite_that_signs_the_same_needs_no_other_key(session: Session) -> None:
    state = session.client("bob").state
    before, _ = state.home.key_packages_left(state.uri, REGULAR)
    state.home.publish(state.uri, [odd_key_package(state, REGULAR, "nothing", suite=cipher_suite(3))])
    assert state.home.key_packages_left(state.uri, REGULAR)[0] == before + 1
