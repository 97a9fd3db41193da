"""What a client makes of a FanoutMessage in its queue."""

from typing import Any

import pytest

from simulator.clients.operations import AddUsers, Leave, Send, UpdateClient
from simulator.codec import DecodeError, encode
from simulator.drafts.mimi_protocol_06.client.reading import FannedOut, read_message
from simulator.drafts.mimi_protocol_06.messages.common import Frank, FullTree, TreeOutOfBand
from simulator.drafts.mimi_protocol_06.messages.notify import FannedOutMessage, FanoutMessage
from simulator.storage import QueuedMessage
from tests.drafts.mimi_protocol_06.members import CATHY, NOW, URI, client, prepared, room

FRANK = Frank(bytes(32), 1, b"signature")


def waiting(message: FanoutMessage) -> QueuedMessage:
    return QueuedMessage(1, "a.example", URI.encode(), encode(message))


def received(message: FanoutMessage) -> Any:
    return read_message(waiting(message))


async def test_each_kind_of_message() -> None:
    alice, bob, _ = await room()
    message = (await prepared(alice, Send(URI, b"hello"))).message
    franked = FanoutMessage(7, message, application=FannedOutMessage(FRANK))
    assert received(franked) == FannedOut((message,), timestamp=7, frank=FRANK)
    assert received(FanoutMessage(7, message, application=FannedOutMessage(None))).frank is None

    leaving = await prepared(bob, Leave(URI))
    found = received(FanoutMessage(8, leaving.proposal, more_proposals=leaving.more))
    assert found == FannedOut((leaving.proposal, *leaving.more), timestamp=8)

    commit = (await prepared(alice, UpdateClient(URI))).update.commit
    stapled = received(FanoutMessage(9, commit, external_proposals=(leaving.proposal,)))
    assert stapled == FannedOut((commit, leaving.proposal), timestamp=9)


async def test_a_welcome_brings_its_tree() -> None:
    alice, _, _ = await room()
    (welcome,) = (await prepared(alice, AddUsers(URI, (), (client(CATHY).stock.make(NOW),)))).welcomes
    nodes = alice.groups[URI].public.ratchet_tree()
    found = received(FanoutMessage(7, welcome, ratchet_tree_option=FullTree(nodes)))
    assert found == FannedOut((welcome,), ratchet_tree=nodes, timestamp=7)
    assert received(FanoutMessage(7, welcome, ratchet_tree_option=TreeOutOfBand())).ratchet_tree == ()


def test_rubbish() -> None:
    with pytest.raises(DecodeError):
        read_message(QueuedMessage(1, "a.example", URI.encode(), b"rubbish"))
