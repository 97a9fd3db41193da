"""What steps act through."""

import pytest

from simulator.clients.operations import Send
from simulator.errors import SimulatorError
from simulator.federation import Unsupported
from simulator.scenario.running.context import Answered, Context, Failure, Request, Sent, Skipped, listed
from simulator.services.refusal import Code, Refusal
from tests.federated import connected, federation


async def test_results_are_kept_by_name_and_kind() -> None:
    async with federation() as session:
        context = Context(session)
        session.recorder.step = "3 create_group team"
        context.name("team", "mimi://a.example/g/1")
        context.name("refused", Failure("line 7", "403 not_authorized"))
        assert context.group("team") == "mimi://a.example/g/1"
        assert context.label("team") == "3 create_group team"
        assert context.name_of("mimi://a.example/g/1") == "team"
        assert context.name_of("mimi://a.example/g/2") == "mimi://a.example/g/2"
        with pytest.raises(SimulatorError, match="there is no message team: no step has made it"):
            context.result("team", Sent)
        with pytest.raises(
            SimulatorError, match="there is no group refused: the step in line 7 did not work out"
        ) as raised:
            context.group("refused")
        assert str(raised.value).endswith(" (403 not_authorized): it was never made")


async def test_what_was_not_made_says_why() -> None:
    async with federation() as session:
        context = Context(session, absent={"team": Skipped("too slow")})
        for wanted in (context.group, context.label):
            with pytest.raises(Skipped, match="there is no team: too slow"):
                wanted("team")


async def test_users_are_named_by_name_or_uri() -> None:
    async with federation() as session:
        context = Context(session)
        assert context.user_uri("bob") == "mimi://b.example/u/bob"
        assert context.user_uri("mimi://b.example/u/nobody") == "mimi://b.example/u/nobody"


async def test_who_has_other_clients_than_the_topology_gives_it() -> None:
    async with federation(laptop=True) as session:
        context = Context(session)
        bob, alice = session.user("bob").uri, session.user("alice").uri
        context.check_clients(bob, "alice")
        context.agreed[bob, alice] = 2
        context.check_clients(bob, "alice")
        context.check_clients(bob, "mimi://a.example/u/nobody")
        context.agreed[bob, alice] = 1
        context.check_clients(session.user("carol").uri, "alice")
        with pytest.raises(Unsupported, match="alice has 1 client there, this step needs 2"):
            context.check_clients(bob, alice)


async def test_exchanges_by_endpoint_and_providers() -> None:
    async with federation() as session:
        context = Context(session)
        await connected(session, ("alice", "bob"))
        assert len(context.exchanges("connection_key_packages", "a.example", "b.example")) == 1
        assert context.exchanges("connection_key_packages", "b.example", None) == ()
        assert {e.endpoint for e in context.exchanges(None, "a.example", "b.example")} >= {
            "ds_domain",
            "connection_request",
        }
        assert context.exchanges(None, None, None) == session.recorder.exchanges


async def test_the_status_of_a_refusal_is_the_one_that_came_in_this_step() -> None:
    async with federation() as session:
        context = Context(session)
        session.recorder.step = "1"
        assert context.status(Refusal(Code.unknown_group, "from our own provider")) == 404
        assert context.status(Refusal(Code.unknown_group, "from its endpoint").answered(200)) == 200
        assert context.status(Answered(Code.unknown_group, "raw", 418)) == 418
        with pytest.raises(Refusal):
            await session.client("alice").request_connection("mimi://b.example/u/nobody")
        assert context.status(Refusal(Code.internal, "as it came")) == 404
        session.recorder.step = "2"
        assert context.status(Refusal(Code.internal, "as the draft has it")) == 500


async def test_bytes_are_sent_as_they_are() -> None:
    async with federation() as session:
        context = Context(session)
        request = Request("a.example", "b.example", "deliver_message", b"\x00\x01 nonsense")
        with pytest.raises(Answered, match="400 malformed") as raised:
            await context.submit(request, "c.example", "b.example")
        assert (raised.value.code, raised.value.http) == (Code.malformed, 400)
        (sent,) = context.exchanges("deliver_message", "c.example", "b.example")
        assert sent.request == request.body


async def test_a_rejection_is_heard_once() -> None:
    async with federation() as session:
        context = Context(session)
        alice, bob = session.client("alice"), session.client("bob")
        await connected(session, ("alice", "bob"))
        group = next(iter(bob.groups))
        bob.lose_state(group)
        context.listen()
        assert context.rejections == ()
        await alice.perform(Send(group, b"hello"))
        await session.settle()
        context.listen()
        ((client, event),) = context.rejections
        assert (client, event.rule) == (bob, "not_a_member")
        context.listen()
        assert context.rejections == ()


def test_messages_in_words() -> None:
    assert listed([]) == ""
    assert listed([("g", "x", b"hi"), ("g", "y", b"\xff")]) == '"hi" from x, "�" from y'


async def test_an_endpoint_is_had_by_a_word_or_by_its_own_name() -> None:
    async with federation() as session:
        context = Context(session)
        assert context.endpoint("fan_out") is context.endpoint("deliver_message")
        assert context.meaning("message").operations == ("send_message",)
        with pytest.raises(Unsupported, match="mimi-transport-00 has no endpoint notify"):
            context.endpoint("notify")
