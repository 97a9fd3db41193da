"""Nobody is joined to a group without having been asked, nor to another group than the one it was asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from simulator.clients import NoRequest
from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Rejected
from simulator.clients.operations import AddUsers, CreateGroup, DeleteGroup, ExternalJoin, Prepared
from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType
from simulator.drafts.mimi_transport_00.rules.deliveries import delivery
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.net.faults import Hold, RequestMatch
from simulator.services.commands import FetchJoinInfo
from simulator.services.provider_keys import sign_as_provider
from tests.federated import NOW


async def _deliver_welcome(session: Session, group: str, under: str) -> None:
    """a.example delivers the Welcome of an add_users of bob to `group` as if it were a message of `under`."""
    prepared = await session.client("alice.phone").prepare(AddUsers(group, (session.client("bob").user,)))
    (welcome,) = decode(DSRequest, prepared.outgoing.body).body.welcomes
    due = delivery(QSRequestType.qs_deliver_message, under.encode(), (session.client("bob").uri,), welcome)
    sign = session.provider("a").executor.do(sign_as_provider)
    request = session.draft.write_delivery(due, sender="a.example", recipient="b.example", sign=sign)
    assert (await session.send_raw("a", "b", "deliver_message", request.body)).error is None
    await session.settle()


@contextmanager
def _no_tree_is_asked_for(session: Session) -> Iterator[None]:
    before = len(session.recorder.exchanges)
    yield
    assert "welcome_information" not in [e.endpoint for e in session.recorder.exchanges[before:]]


async def test_a_connection_key_package_needs_a_question(session: Session) -> None:
    """Anybody may fetch connection KeyPackages: a Welcome to one that comes as a message is no way around consent."""
    group = await session.client("alice.phone").perform(CreateGroup(CONNECTION))
    with _no_tree_is_asked_for(session):
        await _deliver_welcome(session, group, group)
    event = session.client("bob").events[-1]
    assert isinstance(event, Rejected)
    assert event.rule == "not_asked"
    assert group not in session.client("bob").groups


async def test_a_welcome_leads_to_the_group_it_was_delivered_for(session: Session, group: str) -> None:
    """Else an owner could put one group in the place of another, and bob would talk to the wrong people."""
    other = await session.client("alice.phone").perform(CreateGroup())
    bob = session.client("bob")
    bob.lose_state(group)
    with _no_tree_is_asked_for(session):
        await _deliver_welcome(session, other, under=group)
    event = bob.events[-1]
    assert isinstance(event, Rejected)
    assert (event.group, event.rule) == (group, "wrong_group")
    assert bob.groups.keys().isdisjoint({group, other})


@dataclass(frozen=True)
class Elsewhere:
    """An external join whose owner answers with another group's state."""

    group: str
    told: str

    async def prepare(self, state: ClientState) -> Prepared:
        question = FetchJoinInfo(self.told.encode())
        truth = await state.home.submit(state.write_as_client(question, "a.example"))

        class HomeProvider:
            def __getattr__(self, name: str) -> Any:
                return getattr(state.home, name)

            async def submit(self, outgoing: Any) -> Any:
                return truth

        return await ExternalJoin(self.group).prepare(replace(state, home=HomeProvider()))  # type: ignore[arg-type]


async def test_an_external_join_is_into_the_group_one_asked_about(session: Session, group: str) -> None:
    other = await session.client("alice.phone").perform(CreateGroup())
    laptop = session.client("alice.laptop")
    with pytest.raises(BadAnswer, match=f"answered about {other}, asked about {group}"):
        await laptop.prepare(Elsewhere(group, other))


TWO_AT_A = Topology(
    (
        ProviderSpec("a.example", {"alice": ("phone",), "al": ("phone",)}),
        ProviderSpec("b.example", {"bob": ("phone",)}),
    ),
    key_packages=2,
)


async def test_a_request_that_leads_nowhere_does_not_stand_before_others() -> None:
    async with open_session(TWO_AT_A, seed=1, now=NOW) as session:
        alice, al, bob = (session.client(name) for name in ("alice", "al", "bob"))
        gone = await alice.request_connection(bob.user)
        await alice.perform(DeleteGroup(gone))
        wanted = await al.request_connection(bob.user)
        await session.settle()
        assert await bob.accept_connection(al.user) == wanted
        rejected = [event for event in bob.events if isinstance(event, Rejected)]
        assert [(event.group, event.rule) for event in rejected] == [(gone, "unknown_group")]
        assert bob.connection_requests == ()


async def test_of_several_requests_one_says_which_to_ignore() -> None:
    async with open_session(TWO_AT_A, seed=1, now=NOW) as session:
        alice, al, bob = (session.client(name) for name in ("alice", "al", "bob"))
        first = await alice.request_connection(bob.user)
        second = await al.request_connection(bob.user)
        await session.settle()
        with pytest.raises(NoRequest, match="2 requests from there: say which of"):
            bob.ignore_connection(al.user)
        bob.ignore_connection(al.user, second)
        assert bob.connection_requests == (first,)
        bob.ignore_connection(alice.user)
        assert bob.connection_requests == ()


async def test_a_request_is_accepted_by_its_group_whoever_asks(session: Session) -> None:
    group = await session.client("alice.phone").request_connection(session.user("bob").uri)
    await session.settle()
    bob = session.client("bob")
    with pytest.raises(NoRequest, match="is not asked to join"):
        await bob.accept_request(group + "0")
    assert await bob.accept_request(group) == session.user("alice").uri
    assert group in bob.groups
    with pytest.raises(NoRequest):
        bob.ignore_request(group)


async def test_a_request_is_to_a_connection_group(session: Session) -> None:
    """A Welcome to another group, which bob's regular KeyPackage was taken for, is no request."""
    alice, bob = session.client("alice.phone"), session.client("bob")
    group = await alice.perform(CreateGroup())
    adding = await alice.prepare(AddUsers(group, (session.user("bob").uri,)))
    session.inject(Hold(where=RequestMatch(recipient="b.example", endpoint="deliver_message")))
    await alice.submit(adding)
    (welcome,) = decode(DSRequest, adding.outgoing.body).body.welcomes
    due = delivery(QSRequestType.qs_connection_request, group.encode(), (bob.uri,), welcome)
    sign = session.provider("a").executor.do(sign_as_provider)
    request = session.draft.write_delivery(due, sender="a.example", recipient="b.example", sign=sign)
    assert (await session.send_raw("a", "b", "connection_request", request.body)).error is None
    await session.settle()
    with pytest.raises(NoRequest, match=r"has dropped it \(a connection request comes to a connection KeyPackage"):
        await bob.accept_request(group)
    assert bob.connection_requests == ()


async def test_a_request_that_leads_nowhere_any_more_is_dropped(session: Session) -> None:
    alice, bob = session.client("alice.phone"), session.client("bob")
    group = await alice.request_connection(session.user("bob").uri)
    await session.settle()
    await alice.perform(DeleteGroup(group))
    await session.settle()
    with pytest.raises(NoRequest, match="leads nowhere any more"):
        await bob.accept_request(group)
    assert bob.connection_requests == ()
