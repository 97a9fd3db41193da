"""A provider can be made to crash at a named point of its work; tests/durability does so at every one."""

import pytest

from simulator.clients.events.events import Accepted
from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation import Session
from simulator.net import ConnectionLost, Unreachable
from simulator.provider import Failpoint, ProviderCrashed
from tests.federated import connected


@pytest.fixture
async def group(session: Session) -> str:
    """A group of alice's phone with bob."""
    await connected(session, ("alice", "bob"))
    uri = await session.client("alice").perform(CreateGroup())
    await session.client("alice").perform(AddUsers(uri, (session.user("bob").uri,)))
    await session.settle()
    return uri


def break_once(session: Session, provider: str, point: Failpoint, operation: str) -> list[str]:
    """Let a provider crash when it next gets there; what is returned grows when it does."""
    seen: list[str] = []

    def crashes(here: Failpoint, doing: str) -> bool:
        if seen or (here, doing) != (point, operation):
            return False
        seen.append(doing)
        return True

    session.provider(provider).failpoints.crashes = crashes
    return seen


async def test_a_users_own_provider_breaks_under_its_hands(session: Session, group: str) -> None:
    alice, provider = session.client("alice"), session.provider("a")
    before = provider.fingerprint()
    break_once(session, "a", Failpoint.DECIDED, "send_message")
    with pytest.raises(ProviderCrashed, match=r"a user of a\.example lost the connection to a\.example: it crashed"):
        await alice.perform(Send(group, b"hello"))
    assert not provider.is_up
    with pytest.raises(Unreachable, match="is down"):
        await alice.perform(Send(group, b"hello"))
    await session.start("a")
    assert provider.fingerprint() == before, "what was not committed did not happen"
    await session.settle()
    assert alice.events[-1] == Accepted(group, "send_message")
    assert [received.data for received in session.client("bob").inbox] == [b"hello"]


@pytest.mark.parametrize("point", [Failpoint.DECODED, Failpoint.VERIFIED, Failpoint.DECIDED, Failpoint.COMMITTED])
async def test_to_another_provider_it_is_a_lost_connection(session: Session, group: str, point: Failpoint) -> None:
    bob = session.client("bob")
    seen = break_once(session, "a", point, "send_message")
    with pytest.raises(ConnectionLost):
        await bob.perform(Send(group, b"hello"))
    assert seen
    await session.start("a")
    await session.settle()
    assert [received.data for received in session.client("alice").inbox] == [b"hello"]


@pytest.mark.parametrize("point", [Failpoint.DELIVERING, Failpoint.DELIVERED, Failpoint.SETTLING, Failpoint.SETTLED])
async def test_fan_out_breaks_without_anybody_noticing(session: Session, group: str, point: Failpoint) -> None:
    seen = break_once(session, "a", point, "deliver_message")
    await session.client("alice").perform(Send(group, b"hello"))
    await session.settle()
    assert seen
    assert not session.provider("a").is_up
    await session.start("a")
    await session.settle()
    assert [received.data for received in session.client("bob").inbox] == [b"hello"]


@pytest.mark.parametrize(
    ("point", "operation"),
    [(Failpoint.FETCHED, "fetch"), (Failpoint.ACKNOWLEDGING, "acknowledge"), (Failpoint.ACKNOWLEDGED, "acknowledge")],
)
async def test_a_client_reads_what_it_could_not_acknowledge_once(
    session: Session, group: str, point: Failpoint, operation: str
) -> None:
    bob = session.client("bob")
    seen = break_once(session, "b", point, operation)
    await session.client("alice").perform(Send(group, b"hello"))
    await session.settle()
    assert seen
    await session.start("b")
    await session.settle()
    assert [received.data for received in bob.inbox] == [b"hello"]
    assert session.provider("b").queued(bob.uri) == 0
