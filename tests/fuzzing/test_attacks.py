"""Requests that are whole and must be refused."""

from simulator.drafts import registry
from simulator.fuzzing.attacks import ANNOUNCED, Attacks
from simulator.fuzzing.opening import open_environment
from tests.fuzzing.sample import kind


async def test_each_is_refused_by_the_rule_that_it_breaks() -> None:
    async with open_environment(kind("mimi-transport-00")) as environment:
        attacks = [seed for seed in environment.seeds if seed.code is not None]
        assert {str(seed.code) for seed in attacks} >= {"unknown_user", "invalid_leaf_node", "not_authorized"}
        hub = environment.session.provider("a").executor.store
        assert hub.groups.get(ANNOUNCED.encode()) is None, "nobody creates the successor"


def test_they_are_for_drafts_in_which_they_mean_something() -> None:
    able = [draft.name for draft in registry.known() if draft.lacking(Attacks.needs) is None]
    assert able == ["mimi-transport-00", "mimi-transport-01"]
