"""Each flaw of a Welcome breaks one rule, which only the invited client can check."""

import pytest

from simulator.clients.adversary.odd_welcome import FLAWS, Letter, OddWelcome, group_of_another_suite
from simulator.clients.events.events import Joined, Rejected
from simulator.clients.operations import CreateGroup
from simulator.errors import Misuse, SimulatorError
from simulator.federation import Session
from simulator.mls.crypto import cipher_suite
from simulator.services.refusal import Refusal

BROKEN = {
    "welcome_of_another_suite": "RFC9420-12.4.3.1-WRONG-CIPHER-SUITE/KEY-PACKAGE",
    "group_of_another_suite": "RFC9420-12.4.3.1-WRONG-CIPHER-SUITE/GROUP-INFO",
    "wrong_tag_in_welcome": "RFC9420-12.4.3.1-INVALID-CONFIRMATION-TAG",
}
HUBS = "P-4-WELCOME/CIPHER-SUITE"


async def _invited(session: Session, flaw: str) -> None:
    alice = session.client("alice.phone")
    group = await alice.perform(CreateGroup())
    await alice.perform(OddWelcome(group, (session.user("bob").uri,), flaw))
    await session.settle()


@pytest.mark.parametrize("flaw", FLAWS)
async def test_the_client_rejects_it(session: Session, flaw: str) -> None:
    session.waive((HUBS,), [session.provider("a")])
    await _invited(session, flaw)
    last = session.client("bob").events[-1]
    assert isinstance(last, Rejected)
    assert last.rules[0] == BROKEN[flaw]


@pytest.mark.parametrize("flaw", FLAWS)
async def test_nothing_else_is_wrong_with_it(session: Session, flaw: str) -> None:
    session.waive((HUBS, BROKEN[flaw]), None)
    await _invited(session, flaw)
    assert isinstance(session.client("bob").events[-1], Joined)


async def test_the_hub_sees_of_which_suite_a_welcome_is(session: Session) -> None:
    with pytest.raises(Refusal) as refused:
        await _invited(session, "welcome_of_another_suite")
    assert refused.value.rules[0] == HUBS


async def test_a_flaw_that_is_none_is_told_with_the_nearest(session: Session) -> None:
    with pytest.raises(SimulatorError, match='did you mean "wrong_tag_in_welcome"'):
        await _invited(session, "wrong_tag")


def test_a_cipher_suite_with_keys_and_hashes_of_its_own() -> None:
    alone = cipher_suite(2)
    with pytest.raises(Misuse, match="no other cipher suite has the keys and hashes of MLS_128_DHKEMP256"):
        group_of_another_suite(Letter(alone, alone))
