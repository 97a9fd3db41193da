"""Which token is presented."""

from dataclasses import replace

import pytest

from simulator.privacy_pass.following import ShownChallenge
from simulator.privacy_pass.token import Token
from simulator.services.tokens.wallet import WalletToken, outdated, presentable

NOW = 1_000_000
SHOWN = ShownChallenge(b"c" * 32, NOW + 600)
TOKEN = Token(2, b"n" * 32, b"c" * 32, b"k" * 32, bytes(256))
MINE = WalletToken("ds.b.example", "b.example", TOKEN, "alice", NOW + 600)


def first(*wallet: WalletToken, shown: ShownChallenge | None = SHOWN, now: int = NOW) -> WalletToken | None:
    return presentable(wallet, "ds.b.example", shown, "alice", now)


def test_the_first_one_that_fits() -> None:
    other = replace(MINE, token=replace(TOKEN, nonce=bytes(32)))
    assert first(MINE, other) == MINE
    assert first(replace(MINE, holder="bert"), other, MINE) == other
    assert presentable([replace(MINE, holder=None)], "ds.b.example", SHOWN, None, NOW) is not None


@pytest.mark.parametrize(
    "token",
    [
        replace(MINE, origin="ds.c.example"),
        replace(MINE, holder="bert"),
        replace(MINE, holder=None),
        replace(MINE, until=NOW),
        replace(MINE, token=replace(TOKEN, challenge_digest=bytes(32))),
    ],
)
def test_others_are_not_presented(token: WalletToken) -> None:
    assert first(token) is None


def test_nothing_is_presented_without_a_challenge_that_is_good() -> None:
    assert first(MINE, shown=None) is None
    assert first(MINE, now=NOW + 599) == MINE
    assert first(MINE, now=NOW + 600) is None


def test_what_can_not_be_presented_any_more() -> None:
    over = replace(MINE, until=NOW)
    assert outdated([MINE, over], NOW) == (over,)
