"""A KeyPackage with one thing wrong is not taken into stock."""

import pytest

from simulator.clients.adversary.odd_key_package import odd_key_package
from simulator.drafts.mls_profile import REGULAR
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal


@pytest.mark.parametrize(
    ("flaw", "last_resort", "new_key", "code"),
    [
        ("nothing", False, True, Code.invalid_signature),
        ("expired_leaf", False, False, Code.invalid_leaf_node),
        ("leaf_without_versions", False, False, Code.invalid_leaf_node),
        ("filled_mark", False, False, Code.invalid_leaf_node),
        ("filled_mark", True, False, Code.invalid_leaf_node),
    ],
)
async def test_each_is_found(session: Session, flaw: str, last_resort: bool, new_key: bool, code: Code) -> None:
    state = session.client("bob").state
    made = odd_key_package(state, REGULAR, flaw, last_resort=last_resort, new_key=new_key)
    before = state.home.key_packages_left(state.uri, REGULAR)
    with pytest.raises(Refusal) as refused:
        state.home.publish(state.uri, [made])
    assert refused.value.code is code
    assert state.home.key_packages_left(state.uri, REGULAR) == before


async def test_a_sound_one_and_one_that_cannot_be(session: Session) -> None:
    state = session.client("bob").state
    before = state.home.key_packages_left(state.uri, REGULAR)
    made = odd_key_package(state, REGULAR, "nothing", last_resort=False, new_key=False)
    state.home.publish(state.uri, [made])
    assert state.home.key_packages_left(state.uri, REGULAR)[0] == before[0] + 1
    with pytest.raises(SimulatorError, match='no KeyPackage has the flaw "later_epoch"'):
        odd_key_package(state, REGULAR, "later_epoch", last_resort=False, new_key=False)
