"""A federation starts whole, ends whole, and does the same again for the same seed."""

import pytest
import trio

from simulator.clients.operations import AddUsers, CreateGroup, ExternalJoin, Send, UpdateClient
from simulator.drafts.registry import UnknownDraft
from simulator.federation import ProviderSpec, Session, Topology, open_session
from tests.federated import NOW, connected, federation, topology


async def _story(session: Session) -> list[tuple[str, str, str, bytes, bytes]]:
    """A bit of everything; the HTTP bodies of it, flow by flow."""
    await connected(session, ("alice", "bob"), ("alice", "carol"))
    group = await session.client("alice").perform(CreateGroup())
    await session.client("alice").perform(AddUsers(group, (session.user("bob").uri, session.user("carol").uri)))
    await session.settle()
    await session.client("bob").perform(Send(group, b"hello"))
    await session.settle()
    return _flows(session)


def _flows(session: Session) -> list[tuple[str, str, str, bytes, bytes]]:
    return sorted((e.sender, e.recipient, e.endpoint, e.request, e.response) for e in session.recorder.exchanges)


@pytest.mark.parametrize("suite", [1, 3])
async def test_same_seed_same_bytes(suite: int) -> None:
    runs = []
    for seed in (7, 7, 8):
        async with federation(seed=seed, suite=suite) as session:
            runs.append(await _story(session))
    assert runs[0] == runs[1]
    assert [flow[:3] for flow in runs[0]] == [flow[:3] for flow in runs[2]]
    assert not {flow[3] for flow in runs[0] if len(flow[3]) > 30} & {flow[3] for flow in runs[2]}


async def test_same_seed_same_bytes_in_mimi_protocol_06() -> None:
    """In both versions of HTTP, and other bytes for another seed."""
    runs = []
    for seed, http2 in ((7, False), (7, False), (7, True), (8, False)):
        async with federation(seed=seed, http2=http2, draft="mimi-protocol-06") as session:
            await _story(session)
            carol = session.client("carol")
            (group,) = carol.groups
            await carol.perform(UpdateClient(group))
            await session.settle()
            carol.lose_state(group)
            await carol.perform(ExternalJoin(group))
            await session.settle()
            runs.append(_flows(session))
    assert runs[0] == runs[1] == runs[2]
    crossing = {"update", "notify", "keyMaterial", "submitMessage", "groupInfo", "requestConsent", "updateConsent"}
    assert crossing < {flow[2] for flow in runs[0]}
    assert [flow[:3] for flow in runs[0]] == [flow[:3] for flow in runs[3]]
    secret = {"update", "keyMaterial", "notify"}
    assert not {flow[3] for flow in runs[0] if flow[2] in secret} & {flow[3] for flow in runs[3]}


async def test_on_leaving_nothing_runs_and_nothing_listens() -> None:
    async with federation() as session:
        address = session.network.lookup("a.example")
    assert address is not None
    with pytest.raises(OSError, match="all attempts to connect"):
        await trio.open_tcp_stream(address.host, address.port)


async def test_cancelling_ends_it_at_once() -> None:
    with trio.fail_after(5), trio.CancelScope() as scope:
        async with open_session(topology(), seed=1, now=NOW) as session:
            await session.client("alice").request_connection(session.user("bob").uri)
            scope.cancel()
            await trio.sleep_forever()
    assert scope.cancelled_caught


async def test_an_unknown_draft_is_named_with_the_nearest() -> None:
    wrong = Topology((ProviderSpec("a.example"),), draft="mimi-transport-10")
    with pytest.raises(UnknownDraft, match=r'did you mean "mimi-transport-0[01]"'):
        async with open_session(wrong, seed=1, now=NOW):
            pass
