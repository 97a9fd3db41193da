"""A connection group has the two users who agreed to it, and who asked owns it, whoever says otherwise."""

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest
import trio

from simulator.clients import ClientState, NoRequest
from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.events.events import EpochChanged, Rejected, Stopped
from simulator.clients.members import own_leaf
from simulator.clients.operations import ExternalJoin, UpdateClient
from simulator.clients.operations.add_users import fetch_key_packages
from simulator.clients.operations.create_group import found
from simulator.clients.operations.operation import group_update
from simulator.drafts.mimi_transport_00.connection_groups import check_invitation, check_users
from simulator.drafts.mls_profile import CONNECTION, NewGroup
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.federation.control.client_upkeep import maintain
from simulator.federation.control.operator import Operator
from simulator.mls.errors import InvalidCommit, InvalidGroupInfo, InvalidWelcome
from simulator.mls.proposals.proposals import Add
from simulator.mls.tree.credential import BasicCredential
from simulator.provider.adversary import take_commit, take_group
from simulator.services import names
from simulator.services.accounts.consent import is_granted
from simulator.services.members import users_of
from tests.breaking import breaks
from tests.federated import NOW, connected
from tests.services.bench import Bench, new_group
from tests.services.bench import Client as BenchClient

TOPOLOGY = Topology(
    (
        ProviderSpec("a.example", {"alice": ("phone",), "al": ("phone",)}),
        ProviderSpec("b.example", {"bob": ("phone", "laptop")}),
        ProviderSpec("m.example", {"mallory": ("phone",), "max": ("phone",)}),
    ),
    key_packages=6,
)


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with open_session(TOPOLOGY, seed=3, now=NOW) as running:
        yield running
        assert running.faults == ()


async def forged(session: Session, *claims: str, to: str = "bob") -> str:
    """m.example makes a connection group of made-up clients of these names and invites bob; the group's URI."""
    owner, mallory = session.provider("m"), session.client("mallory").state
    rand, mls = owner.executor.context().rand, session.draft.mls
    accounts = [
        ClientState.open(uri, owner.client_api, session.draft, mallory.suite, rand, mallory.now)
        for uri in (names.client(*claim.split("/")) for claim in claims)
    ]
    keys = owner.client_api.hub_keys
    group_id = names.group(owner.name, rand("group_id", 16).hex())
    group = found(accounts[0], NewGroup(group_id, accounts[0].uri, owner.name, keys, CONNECTION))
    take_group(owner, own_leaf(group), group.group_info())
    fetched = await fetch_key_packages(mallory, "", (session.user(to).uri,), kind=CONNECTION)
    made_up = [state.stock.make(NOW, CONNECTION) for state in accounts[1:]]
    bundle = group.commit(tuple(map(Add, (*fetched, *made_up))), rand, NOW, welcome_per=mls.welcome_for)
    take_commit(owner, group_update(bundle), bundle.welcomes)
    await session.settle()
    return group.group_id.decode()


def friends(session: Session, one: str, other: str) -> bool:
    user = session.user(one)
    return user.provider.executor.do(partial(is_granted, session.user(other).uri, user.uri))


@pytest.mark.parametrize(
    "claims",
    [
        ("a.example/alice/phone",),
        ("a.example/nobody/phone",),
        ("m.example/mallory/phone", "m.example/max/phone"),
        ("m.example/mallory/phone", "a.example/alice/phone"),
        ("b.example/bob/tablet",),
    ],
)
async def test_a_request_is_of_one_user_of_the_owner(session: Session, claims: tuple[str, ...]) -> None:
    trap, bob = await forged(session, *claims), session.client("bob.phone")
    assert bob.connection_requests == (trap,)
    with pytest.raises(NoRequest, match="connection_users"):
        await bob.accept_request(trap)
    assert bob.connection_requests == ()
    assert [event.rule for event in bob.events if isinstance(event, Rejected)] == ["connection_users"]
    assert bob.groups == {}
    assert not any(friends(session, "bob", other) for other in ("alice", "mallory", "max"))


async def test_asking_by_name_finds_the_honest_request_behind_a_forged_one(session: Session) -> None:
    trap = await forged(session, "m.example/mallory/phone", "a.example/alice/phone")
    honest = await session.client("mallory").request_connection(session.user("bob").uri)
    await session.settle()
    bob = session.client("bob.phone")
    assert bob.connection_requests == (trap, honest)
    assert await bob.accept_connection(session.user("mallory").uri) == honest
    assert not friends(session, "bob", "alice")


async def test_a_client_that_accepts_everything_does_not_accept_it(session: Session) -> None:
    """As `serve --accept` does; the next request is accepted all the same."""
    await forged(session, "a.example/alice/phone")
    async with trio.open_nursery() as nursery:
        operator = Operator(session)
        nursery.start_soon(partial(maintain, operator, lambda error: pytest.fail(str(error)), accepting=True))
        honest = await session.client("mallory").request_connection(session.user("bob").uri)
        bob = session.client("bob.phone")
        with trio.fail_after(30):
            while honest not in bob.groups:
                await trio.lowlevel.checkpoint()
        nursery.cancel_scope.cancel()
    assert friends(session, "bob", "mallory")
    assert not friends(session, "bob", "alice")


async def linked(session: Session) -> str:
    """The connection group of mallory and bob."""
    await connected(session, ("mallory", "bob"))
    (link,) = session.client("bob.phone").groups
    return link


async def third(session: Session, link: str, **what: object) -> None:
    """mallory commits this in the connection group, and its provider takes it whatever it is."""
    mallory = session.client("mallory")
    update, welcomes, after = await OddCommit(link, "add_users", **what).build(mallory.state)  # type: ignore[arg-type]
    take_commit(session.provider("m"), update, welcomes)
    mallory.state.adopt(link, after)
    await session.settle()


@pytest.mark.parametrize(
    "what",
    [
        {"users": ("mimi://a.example/u/alice",), "connection": True},
        {"made_up": ("mimi://m.example/d/max/phone",)},
        {"credential": "mimi://m.example/d/max/phone"},
    ],
    ids=["another provider's user", "the owner's", "the committer becomes somebody else"],
)
async def test_nobody_else_comes_in_later(session: Session, what: dict[str, object]) -> None:
    link, bob = await linked(session), session.client("bob.phone")
    await third(session, link, **what)
    for device in ("phone", "laptop"):
        client = session.client(f"bob.{device}")
        assert [event.rule for event in client.events if isinstance(event, Rejected)] == ["connection_users"]
        assert [event.group for event in client.events if isinstance(event, Stopped)] == [link], (
            "given up, not rejoined"
        )
        assert link not in client.groups
    assert not any(isinstance(event, EpochChanged) and event.epoch == 2 for event in bob.events)


async def test_a_third_user_is_not_joined_by_that(session: Session) -> None:
    link = await linked(session)
    await third(session, link, users=("mimi://a.example/u/alice",), connection=True)
    alice = session.client("alice.phone")
    with breaks("P-5-CONNECTION-OWNER/TWO-USERS", alice.state), pytest.raises(NoRequest, match="connection_users"):
        await alice.accept_request(link)
    assert link not in alice.groups


async def test_nobody_joins_a_connection_group_of_three_from_outside(session: Session) -> None:
    link, laptop = await linked(session), session.client("bob.laptop")
    laptop.lose_state(link)
    await third(session, link, users=("mimi://a.example/u/alice",), connection=True)
    with pytest.raises(InvalidGroupInfo, match="for two users"):
        await laptop.perform(ExternalJoin(link))
    assert link not in laptop.groups


async def test_the_two_users_may_do_in_it_what_they_like(session: Session) -> None:
    """Further clients of theirs, by themselves or added, renewed leaves: none of that is a third user."""
    link, bob, laptop = await linked(session), session.client("bob.phone"), session.client("bob.laptop")
    laptop.lose_state(link)
    await laptop.perform(ExternalJoin(link))
    await session.settle()
    for client in (session.client("mallory"), bob, laptop):
        await client.perform(UpdateClient(link))
        await session.settle()
    assert set(users_of(bob.groups[link].public)) == {bob.user, session.client("mallory").user}
    assert not any(isinstance(event, Rejected) for event in (*bob.events, *laptop.events))


def test_what_is_no_client_is_a_user_of_its_own() -> None:
    """A leaf with junk for a name can be in a tree that a dishonest owner shows."""
    alice = BenchClient.of("mimi://a.example/d/alice/phone")
    with closing(Bench()) as bench:
        honest = new_group(bench, alice, connection=True).public
        alice.identity = replace(alice.identity, credential=BasicCredential(b"junk"))
        junk = new_group(bench, alice, connection=True).public
    with pytest.raises(InvalidWelcome, match="are also none"):
        check_invitation(honest, "mimi://a.example/u/alice")
    check_invitation(honest, "mimi://b.example/u/bob")
    with breaks("P-5-CONNECTION-OWNER/OWN-USER"), pytest.raises(InvalidWelcome, match="in the name of junk"):
        check_invitation(junk, "mimi://b.example/u/bob")
    check_users(junk, None, InvalidGroupInfo)
    check_users(junk, honest, InvalidCommit)


def test_no_third_user_comes_into_one() -> None:
    uris = ("a.example/d/alice", "b.example/d/bob", "c.example/d/carol")
    alice, bob, carol = (BenchClient.of(f"mimi://{name}/phone") for name in uris)
    with closing(Bench()) as bench:
        alice.joined = new_group(bench, alice, connection=True)
    two = alice.commit(Add(bob.key_package(connection=True))).next
    alice.joined = two
    three = alice.commit(Add(carol.key_package(connection=True))).next
    check_users(two.public, two.public, InvalidCommit)
    with breaks("DS-TERMS-CONNECTION-GROUP/MEMBERS"), pytest.raises(InvalidCommit, match="can't come into this one"):
        check_users(three.public, two.public, InvalidCommit)
