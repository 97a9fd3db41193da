"""Every error code of PROTOCOL.md section 6 comes over HTTPS, with its HTTP status and its struct."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from simulator.clients.client_state import ClientState
from simulator.clients.key_packages.key_stock import lifetime
from simulator.clients.members import own_leaf
from simulator.clients.operations import AddUsers, CreateGroup, Prepared, UpdateClient
from simulator.codec import decode
from simulator.drafts.mimi_transport_00.errors import CODES, STATUS
from simulator.drafts.mimi_transport_00.messages.common import ErrorResponse
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.drafts.requests.requester import Requester
from simulator.federation import RawReply, Session, open_session
from simulator.mls.framing.message import mls_message
from simulator.mls.group import Group
from simulator.mls.proposals.proposals import Add, Remove
from simulator.services import commands
from simulator.services.asker import AsMember
from simulator.services.commands import FetchKeyPackages, GroupCommand, GroupUpdate
from simulator.services.limits.rate_limit import Limit
from simulator.services.provider_keys import sign_as_provider
from simulator.services.refusal import COMMON, Code
from tests.federated import NOW, connected, federation, topology


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    limits = {"provider": Limit(burst=30, per_second=0.01)}
    async with federation(key_packages=2, last_resort=False, rate_limits=limits) as running:
        await connected(running, ("alice", "bob"), ("carol", "bob"))
        yield running


@dataclass(frozen=True)
class Forged:
    """bob's request to the owner of a group, made by `make` from an honest commit, and signed by bob."""

    group: str
    make: Callable[[GroupUpdate, ClientState], GroupCommand]
    proposals: Callable[[ClientState, Group], Awaitable[tuple[Any, ...]]] | None = None
    auth: AsMember | None = None

    async def prepare(self, state: ClientState) -> Prepared:
        group = state.group(self.group)
        proposals = () if self.proposals is None else await self.proposals(state, group)
        bundle = group.commit(proposals, state.rand, state.now(), force_path=True)
        update = GroupUpdate(bundle.message, bundle.group_info.extensions, bundle.group_info.signature)
        command = self.make(update, state)
        auth = self.auth or AsMember(group.own_index)
        return Prepared(self.group, state.write(command, "a.example", auth))


@pytest.fixture
async def group(session: Session) -> str:
    """A group at a.example of alice and bob."""
    uri = await session.client("alice").perform(CreateGroup())
    await session.client("alice").perform(AddUsers(uri, (session.user("bob").uri,)))
    await session.settle()
    return uri


async def _ask(session: Session, operation: Any) -> RawReply:
    """bob's provider hands his request to a.example."""
    prepared = await session.client("bob").prepare(operation)
    return await session.send_raw("b", "a", prepared.outgoing.endpoint.name, prepared.outgoing.body)


@dataclass(frozen=True)
class Unheard:
    """Asks for the state of a group that nobody has heard of."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        question = commands.FetchJoinInfo(self.group.encode())
        return Prepared(self.group, state.write_as_client(question, "a.example"))


@dataclass(frozen=True)
class Taken:
    """Creates a group under an id that another group has."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        group = Group.create(state.identity, state.suite, self.group.encode(), state.rand, lifetime(state.now()))
        command = commands.CreateGroup(self.group.encode(), own_leaf(group), mls_message(group.group_info()))
        return Prepared(self.group, state.write_as_client(command, "a.example"))


async def _add_carol(state: ClientState, group: Group) -> tuple[Any, ...]:
    found = await state.fetch_key_packages("mimi://c.example/u/carol", REGULAR)
    return tuple(map(Add, found))


async def _add_carol_by_a_connection_key_package(state: ClientState, group: Group) -> tuple[Any, ...]:
    found = await state.fetch_key_packages("mimi://c.example/u/carol", CONNECTION)
    return tuple(map(Add, found))


async def _remove_alice(state: ClientState, group: Group) -> tuple[Any, ...]:
    return (Remove(1 - group.own_index),)


async def _ask_for_key_packages(session: Session, target: str) -> RawReply:
    sign = session.provider("a").executor.do(sign_as_provider)
    command = FetchKeyPackages("mimi://a.example/u/alice", target, CONNECTION)
    request = session.draft.write_fetch(command, Requester("a.example", sign))
    return await session.send_raw("a", "b", "connection_key_packages", request.body)


async def malformed(session: Session, group: str) -> RawReply:
    return await session.send_raw("b", "a", "group_operation", b"\x00")


async def unsupported_version(session: Session, group: str) -> RawReply:
    body = (await session.client("bob").prepare(UpdateClient(group))).outgoing.body
    return await session.send_raw("b", "a", "group_operation", b"\x00\x02" + body[2:])


async def unsupported_operation(session: Session, group: str) -> RawReply:
    body = (await session.client("bob").prepare(UpdateClient(group))).outgoing.body
    return await session.send_raw("b", "a", "welcome_information", body)


async def wrong_recipient(session: Session, group: str) -> RawReply:
    body = (await session.client("bob").prepare(UpdateClient(group))).outgoing.body
    return await session.send_raw("b", "c", "group_operation", body)


async def invalid_signature(session: Session, group: str) -> RawReply:
    body = (await session.client("bob").prepare(UpdateClient(group))).outgoing.body
    return await session.send_raw("b", "a", "group_operation", body[:-1] + bytes([body[-1] ^ 1]))


async def unknown_group(session: Session, group: str) -> RawReply:
    return await _ask(session, Unheard("mimi://a.example/g/none"))


async def not_a_member(session: Session, group: str) -> RawReply:
    return await _ask(session, Forged(group, lambda update, _: commands.UpdateClient(update), auth=AsMember(7)))


async def not_authorized(session: Session, group: str) -> RawReply:
    return await _ask(session, Forged(group, lambda update, _: commands.UpdateClient(update), auth=AsMember(0)))


async def wrong_epoch(session: Session, group: str) -> RawReply:
    late = await session.client("bob").prepare(UpdateClient(group))
    await session.client("alice").perform(UpdateClient(group))
    return await session.send_raw("b", "a", "group_operation", late.outgoing.body)


async def invalid_commit(session: Session, group: str) -> RawReply:
    return await _ask(session, Forged(group, lambda update, _: commands.AddUsers(update, ()), _remove_alice))


async def invalid_proposal(session: Session, group: str) -> RawReply:
    return await _ask(session, Forged(group, lambda update, _: commands.RemoveClients(update), _remove_alice))


async def invalid_welcome(session: Session, group: str) -> RawReply:
    return await _ask(session, Forged(group, lambda update, _: commands.AddUsers(update, ()), _add_carol))


async def invalid_group_info(session: Session, group: str) -> RawReply:
    return await _ask(session, Forged(group, lambda update, _: commands.UpdateClient(replace(update, signature=b""))))


async def invalid_leaf_node(session: Session, group: str) -> RawReply:
    return await _ask(
        session,
        Forged(group, lambda update, _: commands.AddUsers(update, ()), _add_carol_by_a_connection_key_package),
    )


async def invalid_group_id(session: Session, group: str) -> RawReply:
    """Only a user of the provider itself may create a group there, so the request says that it is alice's."""
    prepared = await session.client("alice").prepare(Taken(group))
    return await session.send_raw("b", "a", "group_operation", prepared.outgoing.body)


async def unknown_user(session: Session, group: str) -> RawReply:
    return await _ask_for_key_packages(session, "mimi://b.example/u/nobody")


async def key_packages_exhausted(session: Session, group: str) -> RawReply:
    await _ask_for_key_packages(session, "mimi://b.example/u/bob")
    return await _ask_for_key_packages(session, "mimi://b.example/u/bob")


async def rate_limited(session: Session, group: str) -> RawReply:
    while True:
        reply = await _ask_for_key_packages(session, "mimi://b.example/u/nobody")
        if reply.error != "unknown_user":
            return reply


async def sender_unverifiable(session: Session, group: str) -> RawReply:
    command = FetchKeyPackages("mimi://z.example/u/zoe", "mimi://b.example/u/bob", CONNECTION)
    request = session.draft.write_fetch(command, Requester("z.example", lambda *_: b""))
    return await session.send_raw("a", "b", "connection_key_packages", request.body)


TRIGGERS = {
    function.__name__: function
    for function in (
        malformed,
        unsupported_version,
        unsupported_operation,
        wrong_recipient,
        invalid_signature,
        unknown_group,
        not_a_member,
        not_authorized,
        wrong_epoch,
        invalid_commit,
        invalid_proposal,
        invalid_welcome,
        invalid_group_info,
        invalid_leaf_node,
        invalid_group_id,
        unknown_user,
        key_packages_exhausted,
        rate_limited,
        sender_unverifiable,
    )
}


def test_no_code_is_left_out() -> None:
    assert set(TRIGGERS) == set(COMMON) - {Code.internal}


@pytest.mark.parametrize("code", TRIGGERS)
async def test_each_code(session: Session, group: str, code: str) -> None:
    reply = await TRIGGERS[code](session, group)
    assert (reply.error, reply.http) == (code, STATUS[CODES[code]])
    assert reply.description


async def test_wrong_epoch_tells_the_current_one(session: Session, group: str) -> None:
    reply = await wrong_epoch(session, group)
    assert decode(ErrorResponse, reply.body).error.current_epoch == 2


async def test_internal_is_the_simulators_own_fault() -> None:
    """Nothing that a peer sends may lead to this code, so the provider's store is closed under its feet."""
    async with open_session(topology(), seed=1, now=NOW) as session:
        await _ask_for_key_packages(session, "mimi://b.example/u/bob")
        session.provider("b").executor.store.close()
        reply = await _ask_for_key_packages(session, "mimi://b.example/u/bob")
        assert (reply.error, reply.http) == ("internal", 500)
        assert "closed database" not in reply.description, "peers are not told what is wrong inside"
        assert "closed database" in str(session.faults[0])
