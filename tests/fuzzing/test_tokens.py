"""Tokens, at who issues and at who asks."""

import pytest

from simulator.fuzzing.findings import failure
from simulator.fuzzing.targets import open_target
from simulator.mutation.randomness import seeded
from tests.fuzzing.sample import kind, labels, sample


@pytest.mark.parametrize("draft", ["mimi-transport-00", "mimi-transport-01"])
async def test_a_sample(draft: str) -> None:
    said = labels(await sample("tokens", str(kind(draft)), 100))
    assert {"200", "401 token_required"} <= said
    assert len(said) > 8


async def test_an_asker_that_asks_too_often_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_target("tokens", str(kind("mimi-transport-00"))) as target:
        case = next(case for number in range(50) if (case := target.case(seeded(number))).name == "answers")
        monkeypatch.setattr("simulator.fuzzing.tokens.MOST", {"lookup": 0})
        assert "lookup" in str(await failure(target, target.shot(case)))
