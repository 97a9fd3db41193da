"""A request whose answer got lost is sent again, and changes nothing again."""

import pytest

from simulator.clients.operations import UpdateClient
from simulator.net.errors import ConnectionLost
from simulator.net.faults import DropAnswer
from tests.net.faults.theatre import BOTH_HTTP, Theatre, first


@BOTH_HTTP
async def test_what_was_delivered_is_not_delivered_twice(theatre: Theatre) -> None:
    theatre.session.inject(DropAnswer(where=first(2)))
    await theatre.say(b"0", b"1")
    assert theatre.inbox("bob") == [b"0"], "it has arrived, only a.example does not know"
    before = theatre.session.provider("b").fingerprint()
    await theatre.later(1)
    assert theatre.session.provider("b").fingerprint() == before
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
    assert [(e.fault, e.status) for e in theatre.deliveries] == [
        ("drop_answer", None),
        ("drop_answer", None),
        (None, 200),
        (None, 200),
    ]


async def test_a_commit_without_answer_was_made(theatre: Theatre) -> None:
    carol = theatre.session.client("carol")
    epoch = carol.groups[theatre.group].epoch
    theatre.session.inject(DropAnswer(where=first(sender="c.example", operation="update_client")))
    with pytest.raises(ConnectionLost, match="the connection ended before the answer came"):
        await carol.perform(UpdateClient(theatre.group))
    await theatre.session.settle()
    epochs = {theatre.session.client(name).groups[theatre.group].epoch for name in ("alice", "bob", "carol")}
    assert epochs == {epoch + 1}
