"""What one can do in, and see of, a running federation."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_transport_00.messages.queueing import QueueingServiceRequest
from simulator.federation import Certificate, ProviderSpec, Session, Topology, UnknownName, open_session
from simulator.net import TLSAccepted, TLSRefusal, TransportError
from simulator.net.faults import ClockSkew, Fault, Hold, Partition, RequestMatch
from tests.federated import NOW, connected, federation


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation() as running:
        yield running


async def test_names_short_and_long(session: Session) -> None:
    phone = session.client("alice.phone")
    assert session.client("alice") is phone
    assert session.client("mimi://a.example/d/alice/phone") is phone
    assert session.client("alice@a.example.phone") is phone
    assert session.user("alice").uri == session.user("mimi://a.example/u/alice").uri == "mimi://a.example/u/alice"
    assert session.provider("a") is session.provider("a.example")


async def test_unknown_names_come_with_the_nearest(session: Session) -> None:
    with pytest.raises(UnknownName, match=r'there is no client alice\.phoen \(did you mean "alice\.phone"\?\)'):
        session.client("alice.phoen")
    with pytest.raises(UnknownName, match=r'no user alise \(did you mean "alice"'):
        session.user("alise")
    with pytest.raises(UnknownName, match="no provider z"):
        session.provider("z")
    with pytest.raises(UnknownName, match=r'no endpoint deliver_massage \(did you mean "deliver_message"'):
        await session.send_raw("a", "b", "deliver_massage", b"")


async def test_a_name_that_two_providers_have_must_say_which() -> None:
    both = Topology(
        (ProviderSpec("a.example", {"ann": ("phone",)}), ProviderSpec("b.example", {"ann": ("phone",)})), key_packages=1
    )
    async with open_session(both, seed=1, now=NOW) as session:
        with pytest.raises(UnknownName, match="2 users called ann: say at which provider"):
            session.user("ann")
        assert session.client("ann@b.example.phone").uri == "mimi://b.example/d/ann/phone"


async def test_raw_bytes_are_sent_with_the_identity_of_the_sender(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    captured = next(e for e in session.recorder.exchanges if e.endpoint == "connection_request")
    forwarded = await session.send_raw("b", "c", "connection_request", captured.request)
    assert (forwarded.http, forwarded.error) == (403, "wrong_recipient")
    replayed = await session.send_raw("b", "b", "connection_request", captured.request)
    assert (replayed.http, replayed.error, replayed.description) == (200, None, "")


async def test_a_request_that_is_sent_again_is_called_what_it_was_called(session: Session) -> None:
    await connected(session, ("bob", "alice"))
    seen = session.recorder.exchanges
    assert ("welcome_information", "welcome_info") in [(each.endpoint, each.operation) for each in seen]
    for each in seen:
        endpoint = session.draft.named(each.endpoint)
        assert each.operation == endpoint.operation_of(endpoint.wire_request(each.request))
        if each.request:
            await session.send_raw("c", "b", each.endpoint, each.request)
            assert session.recorder.exchanges[-1].operation == each.operation
    await session.send_raw("c", "b", "group_operation", b"?")
    assert session.recorder.exchanges[-1].operation == "group_operation"


async def test_a_request_can_be_signed_by_whoever_likes_to(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    captured = next(e for e in session.recorder.exchanges if e.endpoint == "connection_request")
    request = decode(QueueingServiceRequest, captured.request)
    altered = replace(request, signed=replace(request.signed, recipient="c.example"))
    unsigned = await session.send_raw("b", "c", "connection_request", encode(altered))
    assert unsigned.error == "invalid_signature"
    foreign = await session.send_raw("b", "c", "connection_request", encode(session.sign_as("b", altered)))
    assert foreign.error == "invalid_signature"
    right = await session.send_raw("b", "c", "connection_request", encode(session.sign_as("a", altered)))
    assert right.error is None


async def test_only_structs_that_somebody_signs_can_be_signed(session: Session) -> None:
    with pytest.raises(TypeError, match="nobody signs a str"):
        session.sign_as("a", "?")


async def test_tls_1_2_is_refused_and_1_3_is_not(session: Session) -> None:
    accepted = await session.probe_tls("a")
    assert isinstance(accepted, TLSAccepted)
    assert accepted.version == "TLSv1.3"
    refused = await session.probe_tls("a", maximum_version="1.2")
    assert isinstance(refused, TLSRefusal)
    assert "protocol version" in refused.reason


@pytest.mark.parametrize(
    ("fault", "unknown"),
    [
        (Hold(where=RequestMatch(sender="a")), "provider or host a"),
        (
            Hold(where=RequestMatch(recipient="ds.b.exampel")),
            r'provider or host ds\.b\.exampel \(did you mean "ds\.b\.example"',
        ),
        (
            Hold(where=RequestMatch(endpoint="/deliver_massage")),
            r'endpoint /deliver_massage \(did you mean "/deliver_message"',
        ),
        (Partition(side=("a.example",), others=("z.example",)), r"provider or host z\.example"),
        (ClockSkew(provider="b", seconds=1), "provider or host b"),
    ],
)
async def test_a_fault_is_about_somebody_who_is_there(session: Session, fault: Fault, unknown: str) -> None:
    with pytest.raises(UnknownName, match=f"there is no {unknown}"):
        session.inject(fault)
    assert len(session.network.faults) == 0


async def test_faults_can_be_injected_and_repaired(session: Session) -> None:
    cut = session.inject(Partition(side=("b.example",)))
    session.inject(Hold(where=RequestMatch(recipient="ds.c.example", endpoint="/group_operation")))
    session.inject(Hold(where=RequestMatch(endpoint="group_operation")))
    with pytest.raises(TransportError, match="partitioned"):
        await session.client("alice").request_connection(session.user("bob").uri)
    session.repair()
    await session.client("alice").request_connection(session.user("bob").uri)
    assert (cut.hits, len(session.network.faults)) == (1, 0)


async def test_an_offline_client_gets_everything_later(session: Session) -> None:
    bob = session.client("bob")
    bob.online = False
    await session.client("alice").request_connection(bob.user)
    await session.settle()
    assert bob.events == []
    bob.online = True
    await session.settle()
    assert len(bob.connection_requests) == 1


async def test_settling_goes_on_without_a_client_whose_welcome_waits(session: Session) -> None:
    """The owner of the group can't be reached for its tree: the Welcome stays, and is read when it can."""
    await connected(session, ("alice", "bob"))
    alice, bob = session.client("alice"), session.client("bob")
    from simulator.clients.operations import AddUsers, CreateGroup

    group = await alice.perform(CreateGroup())
    bob.online = False
    await alice.perform(AddUsers(group, (bob.user,)))
    await session.settle()
    await session.present("a", Certificate.expired)
    bob.online = True
    await session.settle()
    assert group not in bob.groups
    await session.present("a", Certificate.good)
    await session.settle()
    assert group in bob.groups


async def test_what_a_client_does_about_its_news_is_there_when_the_next_one_reads(session: Session) -> None:
    """Alice rejoins because of a commit that members refuse, and bob, who reads after her, finds both commits."""
    from simulator.clients.adversary import WrongConfirmationTag
    from simulator.clients.events.events import FellBehind
    from simulator.clients.operations import AddUsers, CreateGroup

    await connected(session, ("alice", "bob"), ("alice", "carol"))
    alice, bob, carol = (session.client(name) for name in ("alice", "bob", "carol"))
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (bob.user, carol.user)))
    await session.settle()
    await carol.perform(WrongConfirmationTag(group))
    await session.rest()
    assert await session.read_queues()
    assert [event for event in bob.events if isinstance(event, FellBehind)] == [FellBehind(group, 1, 2)]
