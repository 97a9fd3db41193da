"""The outbox empties in order, tries again by the clock, and one guest's trouble is nobody else's."""

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation import Certificate, Session
from tests.federated import connected


@pytest.fixture
async def group(session: Session) -> str:
    """A group of alice's phone with bob and carol."""
    await connected(session, ("alice", "bob"), ("alice", "carol"))
    alice = session.client("alice")
    uri = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(uri, (session.user("bob").uri, session.user("carol").uri)))
    await session.settle()
    return uri


def _texts(session: Session, client: str) -> list[bytes]:
    return [received.data for received in session.client(client).inbox]


async def test_one_request_per_guest_provider_and_in_order(session: Session, group: str) -> None:
    before = len(session.recorder.exchanges)
    for number in range(5):
        await session.client("alice").perform(Send(group, b"%d" % number))
    await session.settle()
    assert _texts(session, "bob") == _texts(session, "carol") == [b"0", b"1", b"2", b"3", b"4"]
    sent = [e.recipient for e in session.recorder.exchanges[before:] if e.endpoint == "deliver_message"]
    assert sorted(sent) == ["ds.b.example"] * 5 + ["ds.c.example"] * 5


async def test_a_guest_in_trouble_delays_nobody_and_gets_everything_in_the_end(session: Session, group: str) -> None:
    await session.present("b", Certificate.expired)
    for number in range(3):
        await session.client("alice").perform(Send(group, b"%d" % number))
    await session.settle()
    assert (_texts(session, "bob"), _texts(session, "carol")) == ([], [b"0", b"1", b"2"])
    await session.present("b", Certificate.good)
    await session.settle()
    assert _texts(session, "bob") == [], "the next try is due by the clock only"
    session.advance(1)
    await session.settle()
    assert _texts(session, "bob") == [b"0", b"1", b"2"]


async def test_tries_are_further_and_further_apart(session: Session, group: str) -> None:
    await session.present("b", Certificate.expired)
    start = len(session.recorder.exchanges)
    await session.client("alice").perform(Send(group, b"?"))
    attempts = []
    for _ in range(16):
        await session.settle()
        attempts.append(sum(1 for e in session.recorder.exchanges[start:] if e.recipient == "ds.b.example"))
        session.advance(1)
    assert attempts == [1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5]


async def test_what_is_too_old_is_given_up(session: Session, group: str) -> None:
    await session.present("b", Certificate.expired)
    await session.client("alice").perform(Send(group, b"old"))
    for _ in range(8 * 24):
        await session.settle()
        session.advance(3600)
    await session.present("b", Certificate.good)
    await session.client("alice").perform(Send(group, b"new"))
    await session.settle()
    assert _texts(session, "bob") == [b"new"]
