"""Mistakes that lose or double what was accepted, planted: the shipped scenario finds each within a few seeds."""

from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest

from simulator.provider.outgoing.fan_out import FanOut
from simulator.scenario import NullObserver, Result, load, run_scenario
from simulator.services.delivery.outbox import Due
from simulator.storage.accepted_requests import Accepted
from tests.cli.process import ROOT

SEEDS = range(1, 5)
_attempt = FanOut._attempt


async def _forgets(self: FanOut, due: Due) -> object:
    """Take a message out of the outbox before the other provider has answered."""
    self._parts.executor.do(lambda context: context.store.outbox.remove(due.entry.id))
    return await _attempt(self, due)


def _never_answers(self: Accepted, digest: bytes) -> None:
    """Know no request again."""


PLANTED = {
    "the outbox forgets too early": patch.object(FanOut, "_attempt", _forgets),
    "no request is known again": patch.object(Accepted, "answer", _never_answers),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=list(PLANTED))
async def test_it_is_found(planted: AbstractContextManager[object]) -> None:
    wanted = {"operations": 40, "crash_rate": 0.02}
    (scenario,) = load([ROOT / "scenarios/resilience/durability.yaml"], parameters=wanted)
    with planted:
        for seed in SEEDS:
            if (await run_scenario(scenario, seed, NullObserver())).result is Result.failed:
                return
    raise AssertionError("no seed has found it")
