"""Whether every token is accounted for."""

from typing import Any
from unittest.mock import patch

import pytest

from simulator.storage.payments import Payments
from simulator.storage.spent_tokens import SpentTokens
from simulator.storage.wallet import Wallet
from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

LOOKED = ASKED + "    expect: {token_accounts: {settled: true}}\n"


def _nothing(self: object, *of: object) -> None:
    """Planted: what should be written down is not."""


def _burns(self: Wallet, token: Any) -> None:
    """Planted: a token is thrown away as it is presented."""
    self._db.execute("DELETE FROM wallet WHERE nonce = ?", (token.nonce,))


async def test_a_token_that_was_issued_presented_and_taken() -> None:
    await passes(LOOKED, PAYING)


@pytest.mark.parametrize(
    ("place", "name", "planted", "expected", "happened"),
    [
        (
            Wallet,
            "take",
            _burns,
            "every token that b.example has issued to a.example to be there",
            "b.example has issued 4, 3 came and 0 are waited for",
        ),
        (Wallet, "take", _nothing, "b.example to take what was presented", "1 were not"),
        (
            SpentTokens,
            "put",
            _nothing,
            "every token that a.example has presented to be taken by b.example",
            "1 are not, and nothing is repeated for them",
        ),
        (Payments, "remove", _nothing, "every payment of a.example settled", "1 are not"),
    ],
)
async def test_what_is_lost_or_made_up(place: type, name: str, planted: object, expected: str, happened: str) -> None:
    with patch.object(place, name, planted):
        mismatch = await fails(LOOKED, PAYING)
    assert (mismatch.expected, mismatch.happened) == (expected, happened)


async def test_a_keypackage_that_no_token_has_paid_for() -> None:
    await passes(ASKED + "    expect: {token_accounts: {stock: 10}}\n", PAYING)
    mismatch = await fails(ASKED + "    expect: {token_accounts: {stock: 11}}\n", PAYING)
    assert mismatch.expected == "a token for each KeyPackage of a.example"
