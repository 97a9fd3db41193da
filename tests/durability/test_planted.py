"""Mistakes that lose or double what was accepted, planted: the shipped scenarios find each within a few seeds."""

from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest

from simulator.provider.outgoing.fan_out import FanOut
from simulator.scenario import NullObserver, Result, load, run_scenario
from simulator.services.delivery.outbox import Due
from simulator.storage.accepted_requests import Accepted
from simulator.storage.payments import Payments
from simulator.storage.spent_tokens import SpentTokens
from tests.cli.process import ROOT

SEEDS = range(1, 5)
_attempt = FanOut._attempt


async def _forgets(self: FanOut, due: Due) -> object:
    """Take a message out of the outbox before the other provider has answered."""
    self._parts.executor.do(lambda context: context.store.outbox.remove(due.entry.id))
    return await _attempt(self, due)


def _never_answers(self: Accepted, digest: bytes) -> None:
    """Know no request again."""


def _knows_no_token(self: SpentTokens, nonce: bytes) -> None:
    """Let a token pay again: a request that is repeated gets a second KeyPackage."""


def _knows_no_payment(self: Payments, user: str, request: bytes) -> None:
    """Forget what pays for a request that got no answer."""


PLANTED = {
    "the outbox forgets too early": patch.object(FanOut, "_attempt", _forgets),
    "no request is known again": patch.object(Accepted, "answer", _never_answers),
}
OF_TOKENS = {
    "an origin knows no token again": patch.object(SpentTokens, "get", _knows_no_token),
    "an asker pays twice": patch.object(Payments, "get", _knows_no_payment),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=list(PLANTED))
async def test_it_is_found(planted: AbstractContextManager[object]) -> None:
    await _find("resilience/durability", {"operations": 40, "crash_rate": 0.02}, planted)


@pytest.mark.parametrize("planted", OF_TOKENS.values(), ids=list(OF_TOKENS))
async def test_it_is_found_by_the_accounts_of_tokens(planted: AbstractContextManager[object]) -> None:
    await _find("tokens/durability", {}, planted)


async def _find(name: str, parameters: dict[str, int | float], planted: AbstractContextManager[object]) -> None:
    (scenario,) = load([ROOT / f"scenarios/{name}.yaml"], parameters=parameters)
    with planted:
        for seed in SEEDS:
            if (await run_scenario(scenario, seed, NullObserver())).result is Result.failed:
                return
    raise AssertionError("no seed has found it")
