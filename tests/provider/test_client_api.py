"""The local interface: own groups are served on the spot, others' through their owners, with the same answers."""

from dataclasses import replace

import pytest
import trio

from simulator.clients.operations import AddUsers, CreateGroup, Send, UpdateClient
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.drafts.requests.endpoint import Endpoint
from simulator.drafts.requests.template import Template
from simulator.errors import Misuse
from simulator.federation import Session
from simulator.mls.long_work import Steps
from simulator.services.commands import FetchKeyPackages, FindUsers
from simulator.services.limits.rate_limit import Limit
from simulator.services.names import BadName
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Done
from tests.decisions import briefly
from tests.federated import connected, federation

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"


async def test_own_groups_need_no_https(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    alice = session.client("alice")
    before = len(session.recorder.exchanges)
    group = await alice.perform(CreateGroup())
    assert len(session.recorder.exchanges) == before
    await alice.perform(AddUsers(group, (BOB,)))
    await session.settle()
    before = len(session.recorder.exchanges)
    await session.client("bob").perform(Send(group, b"hello"))
    operations = [e for e in session.recorder.exchanges[before:] if e.endpoint == "group_operation"]
    assert [(e.sender, e.recipient) for e in operations] == [("b.example", "ds.a.example")]


async def test_a_refusal_reads_the_same_from_here_and_from_there(session: Session) -> None:
    """alice's own provider refuses her as it would refuse a guest."""
    here = session.provider("a").client_api
    there = session.provider("b").client_api
    said = []
    for client_api, requester in ((here, ALICE), (there, BOB)):
        with pytest.raises(Refusal) as refused:
            await client_api.key_packages(FetchKeyPackages(requester, "mimi://a.example/u/nobody", CONNECTION))
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert said[0].startswith("connection_key_packages rejected by a.example: mimi://a.example/u/nobody is not a user")


async def test_a_refusal_from_here_knows_the_status_that_its_endpoint_has_for_it() -> None:
    """`update` says no in its struct, with HTTP 200; what no struct can say has a status of its own."""
    async with federation(draft="mimi-protocol-06") as session:
        alice = session.client("alice")
        group = await alice.perform(CreateGroup())
        late = await alice.prepare(UpdateClient(group))
        await alice.perform(UpdateClient(group))
        with pytest.raises(Refusal) as refused:
            await alice.submit(late)
        assert (refused.value.code, refused.value.http) == (Code.wrong_epoch, 200)
        elsewhere = replace(late.outgoing, variables={"roomId": "mimi://a.example/r/nowhere"})
        with pytest.raises(Refusal) as refused:
            await session.provider("a").client_api.submit(elsewhere)
        assert (refused.value.code, refused.value.http) == (Code.malformed, 400)


async def test_key_packages_of_ones_own_other_client_need_no_connection() -> None:
    async with federation(laptop=True) as session:
        laptop = session.client("alice.laptop")
        (found,) = await session.provider("a").client_api.key_packages(FetchKeyPackages(ALICE, (laptop.uri,), REGULAR))
        assert found.leaf_node.credential.identity == laptop.uri.encode()


async def test_key_packages_that_come_with_consent_need_no_request() -> None:
    async with federation(draft="mimi-protocol-06", mutual_tls=True, last_resort=False) as session:
        alice, bob = session.client("alice"), session.client("bob")
        await alice.request_connection(BOB)
        await bob.accept_connection(ALICE, key_packages=True)
        group = await alice.perform(CreateGroup())
        before = len(session.recorder.exchanges)
        await alice.perform(AddUsers(group, (BOB,)))
        await session.settle()
        assert [each.endpoint for each in session.recorder.exchanges[before:]] == ["notify"]
        assert group in bob.groups
        assert ("a.example", "NotAsked", "CONSENT-KEY-PACKAGES", None) in briefly(session, "NotAsked")
        await alice.perform(AddUsers(await alice.perform(CreateGroup()), (BOB,)))
        assert "keyMaterial" in [each.endpoint for each in session.recorder.exchanges], "none is left"


async def test_nobody_is_found_where_there_is_no_search(session: Session) -> None:
    client_api = session.provider("a").client_api
    with pytest.raises(Misuse, match="nobody is found by an identifier in mimi-transport-00"):
        await client_api.find_users(FindUsers(ALICE, "b.example", ()))
    with pytest.raises(Misuse, match="nobody is found by an identifier"):
        client_api.set_searchable(ALICE, ())


async def test_users_are_found_at_home_and_elsewhere() -> None:
    async with federation(draft="mimi-protocol-06") as session:
        client_api = session.provider("b").client_api
        asked = (("nick", "bob"),)
        for asker in ("a", "b"):
            found = session.provider(asker).client_api.find_users(FindUsers(ALICE, "b.example", asked))
            assert await found == (BOB,)
        client_api.set_searchable(BOB, ())
        with pytest.raises(Refusal) as refused:
            await client_api.find_users(FindUsers(ALICE, "b.example", asked))
        assert refused.value.code is Code.unknown_user
        with pytest.raises(Refusal, match="is not a user"):
            client_api.set_searchable(ALICE, ())


async def test_a_queue_keeps_what_was_not_acknowledged(session: Session) -> None:
    bob, client_api = session.client("bob"), session.provider("b").client_api
    bob.online = False
    for _ in range(2):
        await session.client("alice").request_connection(BOB)
        await session.settle()
    first, second = client_api.fetch(bob.uri)
    assert client_api.fetch(bob.uri) == (first, second)
    client_api.acknowledge(bob.uri, first.number)
    assert client_api.fetch(bob.uri) == (second,)


async def test_nobody_is_registered_at_a_foreign_provider(session: Session) -> None:
    client_api = session.provider("a").client_api
    with pytest.raises(Refusal, match=r"not a user of a\.example"):
        client_api.register(BOB, "mimi://b.example/d/bob/tablet", 1, b"")
    with pytest.raises(BadName):
        client_api.register(ALICE, "alice", 1, b"")


async def test_an_operation_at_the_wrong_endpoint_is_refused_here_too(session: Session) -> None:
    prepared = await session.client("alice").prepare(CreateGroup())
    wrong = replace(prepared.outgoing, endpoint=session.draft.named("external_commit_information"))
    with pytest.raises(Refusal, match="create_group is not asked at /external_commit_information"):
        await session.provider("a").client_api.submit(wrong)


async def test_rate_limits_hold_for_own_clients_too() -> None:
    async with federation(rate_limits={"member": Limit(burst=1, per_second=0.1)}) as session:
        bob = session.client("bob")
        group = await bob.perform(CreateGroup())
        await bob.perform(Send(group, b"the first"))
        before = session.provider("b").fingerprint()
        with pytest.raises(Refusal, match="try again in 10 s") as refused:
            await bob.perform(Send(group, b"too much"))
        assert refused.value.code == "rate_limited"
        assert session.provider("b").fingerprint() == before
        noted = [event for event in session.recorder.events if getattr(event, "kind", "") == "Refused"]
        assert [getattr(event, "actor", "") for event in noted] == ["b.example"]
        session.advance(10)
        await bob.perform(Send(group, b"in time"))


async def test_others_go_on_between_the_steps_of_long_work(session: Session, nursery: trio.Nursery) -> None:
    client_api, seen = session.provider("a").client_api, list[str]()

    def work() -> Steps[str]:
        while "other" not in seen:
            yield
        return "done"

    async def other() -> None:
        seen.append("other")

    nursery.start_soon(other)
    assert await client_api.in_steps(work()) == "done"


async def test_long_work_that_fails_fails_as_it_does(session: Session) -> None:
    def work() -> Steps[str]:
        yield
        raise BadName("in the second step")

    with pytest.raises(BadName, match="in the second step"):
        await session.provider("a").client_api.in_steps(work())


async def test_own_clients_may_reach_an_endpoint_that_https_does_not_lead_to(session: Session) -> None:
    alice = session.client("alice")
    outgoing = (await alice.prepare(CreateGroup())).outgoing
    assert isinstance(outgoing.endpoint, Endpoint)
    hidden = replace(outgoing, endpoint=replace(outgoing.endpoint, template=Template("/local/group_operation")))
    assert await session.provider("a").client_api.submit(hidden) == Done()
    with pytest.raises(Refusal) as refused:
        await session.provider("b").client_api.submit(hidden)
    assert refused.value.code == Code.unsupported_operation
