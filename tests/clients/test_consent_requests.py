"""Answering who wants to be connected: invited into a group, or by a request between providers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.clients import NoRequest
from simulator.clients.operations import AddUsers, CreateGroup
from simulator.drafts import registry
from simulator.federation import Session
from simulator.services.commands import SayConsent
from simulator.services.refusal import Code, Refusal
from simulator.storage import ConsentWord
from tests.consent_by_request import DRAFT
from tests.federated import federation

ALICE, BOB, CAROL = "mimi://a.example/u/alice", "mimi://b.example/u/bob", "mimi://c.example/u/carol"


@pytest.fixture
async def by_request(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Session]:
    """A federation whose users ask each other by requests."""
    monkeypatch.setitem(registry._by_path, Path(DRAFT.name), DRAFT)
    async with federation(draft=DRAFT.name) as session:
        yield session


async def add(session: Session, adder: str, user: str) -> None:
    client = session.client(adder)
    await client.perform(AddUsers(await client.perform(CreateGroup()), (user,)))


async def refused(session: Session, adder: str, user: str) -> None:
    with pytest.raises(Refusal, match="has no connection with") as caught:
        await add(session, adder, user)
    assert caught.value.code is Code.not_authorized


async def test_a_request_needs_no_group_and_lets_the_other_side_in_at_once(by_request: Session) -> None:
    alice, bob = by_request.client("alice"), by_request.client("bob")
    assert await alice.request_connection(BOB) is None
    await by_request.settle()
    assert alice.groups == bob.groups == {}
    assert bob.connection_requests == ()
    await add(by_request, "bob", ALICE)
    await refused(by_request, "alice", BOB)
    assert await bob.accept_connection(ALICE) is None
    await add(by_request, "alice", BOB)
    with pytest.raises(NoRequest):
        await bob.accept_connection(ALICE)


async def test_a_request_that_is_ignored_waits_no_longer(by_request: Session) -> None:
    alice, bob = by_request.client("alice"), by_request.client("bob")
    await alice.request_connection(BOB)
    assert [asked.requester for asked in bob.state.home.consent_requests(BOB)] == [ALICE]
    bob.ignore_connection(ALICE)
    assert bob.state.home.consent_requests(BOB) == ()
    with pytest.raises(NoRequest):
        bob.ignore_connection(ALICE)
    await refused(by_request, "alice", BOB)


async def test_nobody_asks_for_an_unknown_user_or_in_another_s_name(by_request: Session) -> None:
    before = by_request.provider("a").own_rows()
    with pytest.raises(Refusal) as unknown:
        await by_request.client("alice").request_connection("mimi://b.example/u/nobody")
    assert unknown.value.code is Code.unknown_user
    assert by_request.provider("a").own_rows()["consents"] == before["consents"], "who can't be asked is not let in"
    with pytest.raises(Refusal, match="can't speak for"):
        await by_request.provider("a").client_api.say_consent(SayConsent(CAROL, BOB, ConsentWord.requested))


async def test_what_is_withdrawn_counts_no_longer(by_request: Session) -> None:
    await by_request.client("alice").request_connection(BOB)
    bob = by_request.client("bob")
    await bob.accept_connection(ALICE)
    await bob.state.home.say_consent(SayConsent(ALICE, BOB, ConsentWord.revoked))
    await refused(by_request, "alice", BOB)


async def test_an_invitation_is_answered_by_user_or_by_group() -> None:
    async with federation() as session:
        alice, bob, carol = (session.client(name) for name in ("alice", "bob", "carol"))
        groups = [await asking.request_connection(BOB) for asking in (alice, carol)]
        await session.settle()
        assert bob.connection_requests == tuple(groups)
        assert await bob.accept_connection(CAROL) == groups[1]
        assert await bob.accept_request(str(groups[0])) == ALICE
        assert bob.connection_requests == ()
        with pytest.raises(NoRequest):
            bob.ignore_request(str(groups[0]))


async def test_of_several_invitations_one_says_which_is_ignored() -> None:
    async with federation() as session:
        alice, bob = session.client("alice"), session.client("bob")
        first, second = [await alice.request_connection(BOB) for _ in range(2)]
        await session.settle()
        with pytest.raises(NoRequest, match="has 2 requests from there: say which of"):
            bob.ignore_connection(ALICE)
        bob.ignore_connection(ALICE, first)
        assert bob.connection_requests == (second,)
