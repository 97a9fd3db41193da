"""One guest gets what comes in threes the other way round."""

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation import Session
from simulator.provider.adversary import Reordering
from tests.federated import connected


async def test_the_last_first(session: Session) -> None:
    await connected(session, ("alice", "bob"), ("alice", "carol"))
    alice = session.client("alice")
    group = await alice.perform(CreateGroup())
    await alice.perform(AddUsers(group, (session.user("bob").uri, session.user("carol").uri)))
    await session.settle()
    session.provider("a").executor.interceptors.begin(Reordering("b.example", 3))
    for word in (b"one", b"two", b"three", b"four"):
        await alice.perform(Send(group, word))
    await session.settle()
    heard = {name: [received.data for received in session.client(name).inbox] for name in ("bob", "carol")}
    assert heard == {"bob": [b"three", b"two", b"one"], "carol": [b"one", b"two", b"three", b"four"]}
