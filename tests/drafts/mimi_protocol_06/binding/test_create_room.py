"""Creating a room is asked of the own provider, in no request that HTTPS could bring."""

import pytest

from simulator.clients.operations import CreateGroup as CreateGroupOperation
from simulator.codec import decode
from simulator.drafts.mimi_protocol_06.binding.create_room import CREATE_ROOM, CreateRoomRequest, write_create_room
from simulator.drafts.requests.endpoint import BadAnswer, Envelope, Reply
from simulator.net import TransportError
from simulator.net.failpoint import Failpoint
from simulator.net.faults import CrashAt
from simulator.services.commands import CreateGroup
from simulator.services.results import Done
from tests.drafts.mimi_protocol_06.hub import GROUP, Hub, creation
from tests.federated import federation


def test_a_command_becomes_a_request_to_the_own_provider(hub: Hub) -> None:
    alice = hub.member("alice.phone@a")
    alice.joined = hub.new_group(alice)
    request = creation(alice)
    outgoing = write_create_room(
        CreateGroup(GROUP.encode(), request.leaf_node, request.group_info), provider="a.example"
    )
    assert (outgoing.recipient, outgoing.operation) == ("a.example", "create_group")
    assert decode(CreateRoomRequest, outgoing.body) == request
    envelope = Envelope("createRoom", "a.example", group=GROUP, rate_keys=("provider a.example",))
    assert CREATE_ROOM.open(outgoing.wire_request).envelope == envelope


def test_201_says_that_it_is_done() -> None:
    assert CREATE_ROOM.read(Reply(201, (), b"")) == Done()
    with pytest.raises(BadAnswer):
        CREATE_ROOM.read(Reply(200, (), b""))


async def test_who_got_no_answer_and_asks_again_has_its_room() -> None:
    async with federation(draft="mimi-protocol-06") as session:
        alice = session.client("alice.phone")
        fault = CrashAt(provider="a.example", point=Failpoint.COMMITTED, operation="createRoom", restarts=True)
        with session.inject(fault), pytest.raises(TransportError):
            await alice.perform(CreateGroupOperation())
        await session.settle()
        assert len(alice.groups) == 1
        assert not alice.unanswered
