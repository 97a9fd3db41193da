"""The session of several processes: time, rules, queues."""

from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.federation.processes.messages import PROVIDER
from simulator.federation.processes.placement import placed
from simulator.services.commands import SayConsent
from simulator.storage import ConsentWord
from tests.federated import NOW, connected, topology
from tests.federation.processes.conftest import Spread


async def test_who_is_where(spread: Spread) -> None:
    async with spread() as session:
        shares = placed(topology().providers, session.draft, 2)
        assert [process.names for process in session.processes] == [tuple(s.name for s in share) for share in shares]
        assert [provider.name for provider in session.providers] == ["a.example", "b.example", "c.example"]


async def test_time_is_the_same_everywhere(spread: Spread) -> None:
    async with spread() as session:
        session.advance(60)
        assert session.now == NOW + 60
        clocks = [(process, name) for process in session.processes for name in process.names]
        found = [process.look((PROVIDER, name), ("clock", "now"), ()) for process, name in clocks]
        assert found == [NOW + 60] * 3


async def test_rules_are_waived_where_they_are_kept(spread: Spread) -> None:
    async with spread() as session:
        session.waive(["RULE"], [session.provider("c")])
        found = [provider.executor.enforcement.waived.__contains__("RULE") for provider in session.providers]
        assert found == [False, False, True]


async def test_all_read_their_queues_in_a_round(spread: Spread) -> None:
    async with spread() as session:
        await connected(session, ("alice", "bob"), ("alice", "carol"))
        alice, bob, carol = session.clients
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (bob.user, carol.user)))
        await session.rest()
        assert await session.read_queues()
        assert [group in client.groups for client in session.clients] == [True] * 3
        assert not await session.read_queues()
        await bob.perform(Send(group, b"hello"))
        await session.settle()
        assert [len(client.inbox) for client in session.clients] == [1, 0, 1]


async def test_users_may_agree_at_their_provider(spread: Spread) -> None:
    async with spread() as session:
        alice, bob, _ = session.clients
        said = SayConsent(alice.user, bob.user, ConsentWord.granted)
        await session.user("bob").provider.client_api.say_consent(said)
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (bob.user,)))
        await session.settle()
        assert group in bob.groups
