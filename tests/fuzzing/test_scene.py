"""The scene that is set in any draft."""

from simulator.drafts import registry
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.scene import AGAIN, kinds_in
from tests.fuzzing.sample import kind


async def test_a_draft_that_says_nothing_to_fuzzers_has_a_scene_too(monkeypatch) -> None:
    """Its requests are those of clients and between providers."""
    draft = registry.named("mimi-protocol-06")
    async with open_environment(kind(draft.name)) as environment:
        told = {seed.name for seed in environment.seeds}
    object.__setattr__(draft, "fuzzing", None)
    try:
        async with open_environment(kind(draft.name)) as environment:
            names = {seed.name for seed in environment.seeds}
    finally:
        object.__setattr__(draft, "fuzzing", TOLD)
    assert names < told
    assert {"AddUsers", "Leave", f"notify{AGAIN}"} <= names


TOLD = registry.named("mimi-protocol-06").fuzzing


def test_what_is_in_a_request() -> None:
    assert kinds_in(object()) == "NoneType"
