"""A store that fails is this machine's trouble: nobody else notices, nothing is lost, and it goes on when it can."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import trio

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.requester import Requester
from simulator.federation import Session, open_session
from simulator.net.faults import Hold, RequestMatch
from simulator.services import provider_keys
from simulator.services.commands import FetchKeyPackages
from simulator.storage import StoreError
from tests.federated import NOW, connected, topology
from tests.storage.test_database import full


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a.example keeps its state."""
    return tmp_path / "a.example.sqlite"


@pytest.fixture
async def session(file: Path) -> AsyncIterator[Session]:
    usual = topology()
    first, *others = usual.providers
    providers = (replace(first, database=str(file)), *others)
    async with open_session(replace(usual, providers=providers), seed=1, now=NOW) as running:
        yield running


async def team(session: Session, owner: str, *others: str) -> str:
    await connected(session, *((owner, other) for other in others))
    client = session.client(owner)
    group = await client.perform(CreateGroup())
    await client.perform(AddUsers(group, tuple(session.user(other).uri for other in others)))
    await session.settle()
    return group


def texts(session: Session, client: str) -> list[bytes]:
    return [received.data for received in session.client(client).inbox]


class Locked:
    """Another process has locked the store."""

    def __init__(self, file: Path) -> None:
        self.other = sqlite3.connect(file, isolation_level=None)

    def __enter__(self) -> None:
        self.other.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self.other.close()


@pytest.mark.parametrize("trouble", [Locked, full], ids=["locked", "full"])
async def test_between_a_message_and_the_end_of_its_delivery(session: Session, file: Path, trouble: type) -> None:
    group, other = await team(session, "alice", "bob", "carol"), await team(session, "bob", "carol")
    with session.inject(Hold(where=RequestMatch(sender="a.example", recipient="b.example"))) as hold:
        await session.client("alice").perform(Send(group, b"one"))
        await hold.caught()
        with trouble(file), trio.fail_after(5):
            hold.remove()
            await session.rest()
            await session.client("bob").perform(Send(other, b"meanwhile"))
            await session.rest()
            await session.client("carol").sync()
    assert {type(fault) for fault in session.faults} == {StoreError}
    assert b"meanwhile" in texts(session, "carol")
    assert session.provider("a").is_up
    assert "b.example" in session.provider("a").executor.store.outbox.providers()
    session.advance(1)
    await session.settle()
    assert texts(session, "bob") == [b"one"]
    assert session.provider("a").executor.store.outbox.providers() == ()
    await session.client("alice").perform(Send(group, b"two"))
    await session.settle()
    assert texts(session, "bob") == [b"one", b"two"]


async def test_a_request_meets_a_store_that_is_locked(session: Session, file: Path) -> None:
    group = await team(session, "alice", "bob")
    with Locked(file), trio.fail_after(5):
        reply = await session.send_raw("b.example", "a.example", "verification_key", b"")
        with pytest.raises(StoreError, match="another process has locked it"):
            await session.client("alice").perform(Send(group, b"?"))
        assert reply.http in (400, 500)
    await session.client("alice").perform(Send(group, b"!"))
    await session.settle()
    assert texts(session, "bob") == [b"?", b"!"], "alice did not know what had become of it, and has sent it again"


async def test_pauses_grow_while_the_trouble_lasts(session: Session, file: Path) -> None:
    group = await team(session, "alice", "bob")
    with session.inject(Hold(where=RequestMatch(sender="a.example", recipient="b.example"))) as hold:
        await session.client("alice").perform(Send(group, b"one"))
        await hold.caught()
        with Locked(file):
            hold.remove()
            await session.rest()
            tries = [0]
            for second in range(1, 20):
                before = len(session.faults)
                session.advance(1)
                await session.rest()
                tries += [second] * (len(session.faults) > before)
    assert tries == [0, 1, 3, 7, 15]


async def test_a_key_that_our_store_does_not_take_says_nothing_of_the_signature(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = FetchKeyPackages(session.user("bob").uri, session.user("alice").uri, CONNECTION)
    rubbish = session.draft.write_fetch(command, Requester("b.example", lambda *_: bytes(64))).body
    await session.provider("a").keys.of("b.example")

    async def send() -> tuple[int, str | None]:
        reply = await session.send_raw("c", "a", "connection_key_packages", rubbish)
        return reply.http, reply.error

    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(provider_keys, "learn", full)
        assert [await send() for _ in range(2)] == [(500, "internal")] * 2
    assert await send() == (401, "invalid_signature")
