"""Steps that are drawn while a scenario runs."""

import pytest

from simulator.federation import ProviderSpec, Topology, open_session
from simulator.scenario import ScenarioFileError
from simulator.scenario.random_operations.reading import StepReader
from simulator.scenario.running.context import Context
from tests.federated import NOW

TOPOLOGY = Topology((ProviderSpec("a.example", {"alice": ("phone",)}), ProviderSpec("b.example", {"bob": ("phone",)})))


async def test_an_operation_may_mention_what_others_have_made() -> None:
    async with open_session(TOPOLOGY, seed=1, now=NOW) as session:
        reader = StepReader(Context(session))
        assert reader.entry({"create_group": "alice", "as": "team"}).label == "create_group team"
        assert reader.entry({"send": {"by": "alice.phone", "group": "team"}}).keyword == "send"
        with pytest.raises(ScenarioFileError, match='unknown group "other"'):
            reader.entry({"send": {"by": "alice", "group": "other"}})


async def test_it_knows_who_is_there() -> None:
    async with open_session(TOPOLOGY, seed=1, now=NOW) as session:
        with pytest.raises(ScenarioFileError, match=r'unknown provider "c\.example"'):
            StepReader(Context(session)).entry({"crash": "c.example"})
