"""A request whose answer got lost is sent again, and changes nothing again."""

import pytest

from simulator.clients.operations import UpdateClient
from simulator.net.errors import ConnectionLost
from simulator.net.faults import DropAnswer
from tests.net.faults.running_group import BOTH_HTTP, RunningGroup, first


@BOTH_HTTP
async def test_what_was_delivered_is_not_delivered_twice(running_group: RunningGroup) -> None:
    running_group.session.inject(DropAnswer(where=first(2)))
    await running_group.say(b"0", b"1")
    assert running_group.inbox("bob") == [b"0"], "it has arrived, only a.example does not know"
    before = running_group.session.provider("b").fingerprint()
    await running_group.later(1)
    assert running_group.session.provider("b").fingerprint() == before
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
    assert [(e.fault, e.status) for e in running_group.deliveries] == [
        ("drop_answer", None),
        ("drop_answer", None),
        (None, 200),
        (None, 200),
    ]


async def test_a_commit_without_answer_was_made(running_group: RunningGroup) -> None:
    carol = running_group.session.client("carol")
    epoch = carol.groups[running_group.group].epoch
    running_group.session.inject(DropAnswer(where=first(sender="c.example", operation="update_client")))
    with pytest.raises(ConnectionLost, match="the connection ended before the answer came"):
        await carol.perform(UpdateClient(running_group.group))
    await running_group.session.settle()
    epochs = {
        running_group.session.client(name).groups[running_group.group].epoch for name in ("alice", "bob", "carol")
    }
    assert epochs == {epoch + 1}
