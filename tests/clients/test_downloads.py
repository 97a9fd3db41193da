"""A file is downloaded by way of the hub, and is what the message said; or the client says that it is not."""

import pytest

from simulator.clients.events.events import Downloaded, FileRejected, Received
from simulator.clients.operations import Send, SendFile
from simulator.drafts.attachments import BadFile
from simulator.errors import Misuse
from simulator.federation import Session
from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.interceptors import Interceptor
from tests.federated import federation


class Reversing(Interceptor):
    """A hub that hands over the file with its octets in reverse."""

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        return HTTPReply(reply.status, reply.headers, reply.body[::-1])


async def test_who_wants_it_asks_the_hub(room: tuple[Session, str]) -> None:
    session, group = room
    bob, carol = session.client("bob"), session.client("carol")
    await carol.perform(SendFile(group, b"Look!", b"a picture"))
    await session.settle()
    (message,) = bob.inbox
    assert message.data == b"Look!"
    assert await bob.download(message) == b"a picture"
    assert bob.events[-1] == Downloaded(group, carol.uri, b"a picture")
    asked = {(each.sender, each.recipient) for each in session.recorder.exchanges if each.operation == "download"}
    assert asked == {("b.example", "a.example"), ("a.example", "c.example")}


async def test_what_is_not_what_the_message_said_is_rejected(room: tuple[Session, str]) -> None:
    session, group = room
    bob, carol = session.client("bob"), session.client("carol")
    await carol.perform(SendFile(group, b"Look!", b"a picture"))
    await session.settle()
    await bob.download(bob.inbox[-1])
    session.provider("a.example").executor.interceptors.begin(Reversing())
    with pytest.raises(BadFile):
        await bob.download(bob.inbox[-1])
    found = bob.events[-1]
    assert isinstance(found, FileRejected)
    assert (found.group, found.sender, found.rule) == (group, carol.uri, "asset_hash")
    assert found.rules


async def test_a_message_without_a_file(room: tuple[Session, str]) -> None:
    session, group = room
    bob = session.client("bob")
    await session.client("carol").perform(Send(group, b"hello"))
    await session.settle()
    with pytest.raises(Misuse, match="refers to no file"):
        await bob.download(bob.inbox[-1])


async def test_a_draft_without_files() -> None:
    async with federation() as session:
        with pytest.raises(Misuse, match="messages refer to no files in"):
            await session.client("bob").download(Received("mimi://a.example/g/x", 0, "", b"", b"", b"x"))
