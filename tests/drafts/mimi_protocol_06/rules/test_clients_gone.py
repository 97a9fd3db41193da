"""What the hub proposes where clients and users do not exist any longer."""

from simulator.drafts.mimi_protocol_06.rules.clients_gone import clients_gone
from simulator.services.accounts import client_removal
from simulator.services.delivery.effects import Effect
from tests.drafts.mimi_protocol_06.hub import GROUP, Hub, brought


def with_two_devices(hub: Hub) -> Hub:
    hub.add(hub.create("bob.phone@a"), "alice.phone@a", "alice.laptop@a", "cathy.phone@c")
    return hub


def proposed(effects: tuple[Effect, ...]) -> list[str]:
    (message,) = brought(effects)["c.example"]
    messages = (message.message, *(message.more_proposals or ()))
    return [type(each.body.content.content).__name__ for each in messages]


def test_a_client_that_is_gone_is_to_be_removed(hub: Hub) -> None:
    alice = with_two_devices(hub).member("alice.phone@a")
    effects = hub.do(lambda context: client_removal.remove_client(alice.uri, context))
    assert proposed(effects) == ["Remove"]
    assert hub.state.leaving == {alice.leaf}
    assert hub.state.takes_part(alice.user)
    assert len(hub.facts.queue) == 1


def test_a_user_that_is_gone_does_not_take_part_any_more(hub: Hub) -> None:
    alice = with_two_devices(hub).member("alice.phone@a")
    effects = hub.do(lambda context: client_removal.remove_user(alice.user, context))
    assert proposed(effects) == ["Remove", "Remove", "AppDataUpdate"]
    assert hub.state.participants.role_of(alice.user) is None
    cathy = hub.member("cathy.phone@c")
    (message,) = brought(effects)["c.example"]
    for each in (message.message, *(message.more_proposals or ())):
        cathy.hear(each)
    bundle = cathy.commit()
    assert alice.user not in str(bundle.next.public.context.extensions)


def test_once_is_enough(hub: Hub) -> None:
    alice = with_two_devices(hub).member("alice.phone@a")
    hub.do(lambda context: client_removal.remove_client(alice.uri, context))
    assert hub.do(lambda context: clients_gone(GROUP.encode(), [alice.uri], context)) == ()
    assert len(hub.facts.queue) == 1


def test_who_is_not_there_need_not_go(room: Hub) -> None:
    gone = ["mimi://a.example/d/nobody/phone"]
    assert room.do(lambda context: clients_gone(GROUP.encode(), gone, context)) == ()
    assert room.do(lambda context: clients_gone(b"mimi://b.example/g/1", gone, context)) == ()
    assert room.facts.queue == ()
