"""A federation with a process for each provider does what any other does."""

import pytest

from simulator.clients.operations import Send
from simulator.federation import External, ProviderSpec, Topology, Unsupported
from simulator.federation.processes import open_killable_session
from tests.cli.process import ROOT
from tests.federated import NOW
from tests.federation.processes.killable import group_of_both, killable


@pytest.mark.parametrize("draft", ["mimi-transport-01", "mimi-protocol-06"])
async def test_clients_that_are_here_talk_through_providers_that_are_not(draft: str) -> None:
    async with killable(draft=draft, in_file=False) as session:
        assert len({process.pid for process in session.processes}) == 2
        group = await group_of_both(session)
        await session.client("alice").perform(Send(group, b"hello"))
        await session.settle()
        assert [each.data for each in session.client("bob").inbox] == [b"hello"]
        names = {(each.sender, each.recipient) for each in session.recorder.exchanges}
        assert {sender for sender, _ in names} == {"a.example", "b.example"}


async def test_nobody_else_is_killed_beside_an_external_provider() -> None:
    external = ProviderSpec("x.example", external=External("127.0.0.1", 1, ROOT / "none.pem"))
    with pytest.raises(Unsupported, match=r"x\.example is an external provider"):
        async with open_killable_session(Topology((external,)), seed=1, now=NOW):
            raise AssertionError("it was opened")
