"""Acting as users, each client one thing at a time."""

import pytest
import trio

from simulator.clients.operations import Send
from simulator.federation.control.operator import NotFound, Operator
from simulator.net.faults import DropRequest, RequestMatch
from simulator.services.names import BadName


async def test_names(operator: Operator) -> None:
    assert operator.client("alice").name == "alice.phone"
    assert operator.user("bob").uri == operator.user_uri("bob") == "mimi://b.example/u/bob"
    assert operator.user_uris(["bob", "mimi://z.example/u/zoe"]) == (
        "mimi://b.example/u/bob",
        "mimi://z.example/u/zoe",
    )
    assert operator.first_client("mimi://b.example/u/bob") == "mimi://b.example/d/bob/phone"
    assert operator.first_client("mimi://z.example/u/zoe") is None


async def test_unknown_names_come_with_the_nearest(operator: Operator) -> None:
    with pytest.raises(NotFound) as found:
        operator.client("alice.phnoe")
    assert found.value.nearest == "alice.phone"
    with pytest.raises(NotFound) as found:
        operator.user_uri("bbob")
    assert found.value.nearest == "bob"
    with pytest.raises(BadName):
        operator.user_uri("mimi://b.example/g/bob")


async def test_who_acts_has_read_the_queue(operator: Operator, team: str) -> None:
    await operator.perform("alice", Send(team, b"one"))
    async with operator.acting("bob") as bob:
        assert [received.data for received in bob.inbox] == [b"one"]


async def test_a_client_does_one_thing_at_a_time(operator: Operator, team: str) -> None:
    """Two commits of one client at once would race for the same epoch; in turn both are good."""
    async with trio.open_nursery() as nursery:
        for text in (b"one", b"two", b"three"):
            nursery.start_soon(operator.perform, "alice", Send(team, text))
    async with operator.acting("bob") as bob:
        assert sorted(received.data for received in bob.inbox) == [b"one", b"three", b"two"]
    async with operator.acting("alice"):
        with trio.move_on_after(0) as second:
            async with operator.acting("alice.phone"):
                pytest.fail("two at once")
    assert second.cancelled_caught


async def test_what_can_not_be_read_does_not_keep_a_client_from_acting(operator: Operator, team: str) -> None:
    await operator.session.stop("b.example")
    async with operator.acting("bob") as bob:
        assert bob.name == "bob.phone"
    await operator.repair(None)


async def test_faults_have_numbers(operator: Operator) -> None:
    first = operator.inject(DropRequest(where=RequestMatch(recipient="b.example")))
    second = operator.inject(DropRequest(where=RequestMatch(recipient="c.example")))
    assert (first, second) == (1, 2)
    await operator.repair(1)
    with pytest.raises(NotFound, match="no fault 1 is in force"):
        await operator.repair(1)
    await operator.repair(2)


async def test_repair_starts_what_is_down(operator: Operator) -> None:
    await operator.session.crash("b.example")
    await operator.repair(None)
    assert operator.session.provider("b.example").is_up
