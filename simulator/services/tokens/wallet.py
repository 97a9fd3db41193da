"""The tokens that a provider has, and which of them it may present."""

from collections.abc import Iterable

from simulator.privacy_pass.following import ShownChallenge
from simulator.storage import WalletToken


def presentable(
    wallet: Iterable[WalletToken], origin: str, shown: ShownChallenge | None, holder: str | None, now: int
) -> WalletToken | None:
    """The first token that an origin may be shown for somebody: one of the challenge that is the origin's present one.

    None where tokens have to be got first. A token that was presented once may be presented again with its request,
    whatever the challenge is by then; that is no matter of the wallet.
    """
    if shown is None or now >= shown.until:
        return None
    return next((each for each in wallet if _fits(each, origin, shown, holder, now)), None)


def _fits(each: WalletToken, origin: str, shown: ShownChallenge, holder: str | None, now: int) -> bool:
    same = each.origin == origin and each.holder == holder
    return same and each.token.challenge_digest == shown.digest and now < each.until


def outdated(wallet: Iterable[WalletToken], now: int) -> tuple[WalletToken, ...]:
    """Those that can't be presented any more."""
    return tuple(each for each in wallet if now >= each.until)
