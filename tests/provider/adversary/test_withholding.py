"""Who gets nothing, from the hub of a group and from its own provider."""

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation import Session
from simulator.provider.adversary import Withholding
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import FanOut
from tests.federated import connected


async def _group(session: Session) -> str:
    await connected(session, ("alice", "bob"), ("alice", "carol"))
    group = await session.client("alice").perform(CreateGroup())
    await session.client("alice").perform(AddUsers(group, (session.user("bob").uri, session.user("carol").uri)))
    await session.settle()
    return group


async def _say(session: Session, group: str, *words: bytes) -> None:
    for word in words:
        await session.client("alice").perform(Send(group, word))
    await session.settle()


def _heard(session: Session, name: str) -> list[bytes]:
    return [received.data for received in session.client(name).inbox]


async def test_a_hub_leaves_out_a_client_or_a_provider_so_many_times(session: Session) -> None:
    group, interceptors = await _group(session), session.provider("a").executor.interceptors
    interceptors.begin(Withholding(clients=[session.client("bob").uri], times=1))
    await _say(session, group, b"one", b"two")
    interceptors.end()
    interceptors.begin(Withholding(providers=["c.example"]))
    await _say(session, group, b"three")
    assert (_heard(session, "bob"), _heard(session, "carol")) == ([b"two", b"three"], [b"one", b"two"])


async def test_a_delivery_without_recipients_is_withheld_from_a_whole_provider(session: Session) -> None:
    def to(provider: str) -> FanOut:
        return FanOut(provider, Delivery("notify", b"group", (), b"payload"))

    carol = session.client("carol").uri
    context = session.provider("a").executor.context()
    effects = [to("b.example"), to("c.example")]
    for interceptor in (Withholding(providers=["c.example"], times=1), Withholding(clients=[carol], times=1)):
        assert interceptor.effects([to("b.example")], context) == [to("b.example")]
        assert interceptor.effects(effects, context) == [to("b.example")]
        assert interceptor.effects(effects, context) == effects, "that was once"


async def test_a_follower_keeps_from_its_clients_what_it_said_it_took(session: Session) -> None:
    group, follower = await _group(session), session.provider("b")
    kept = Withholding(clients=[session.client("bob").uri])
    follower.executor.interceptors.begin(kept)
    await _say(session, group, b"one")
    assert (_heard(session, "bob"), follower.queued(session.client("bob").uri)) == ([], 1)
    follower.executor.interceptors.end(kept)
    await session.settle()
    assert _heard(session, "bob") == [b"one"]
