"""Requests in the name of nobody in particular: a token pays for them, and what comes of them is bound to it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from simulator.rules import check
from simulator.services.refusal import Code, rule

PAID = rule("PP-UNNAMED-1", Code.malformed, None)
HANDED_OUT = rule("PP-UNNAMED-3", Code.not_authorized, None)


def check_requester(requester: str, *, paid: bool) -> None:
    """Whether somebody says who asks; nobody has to who has `paid` with a token. Raises Refusal malformed."""
    check(PAID, bool(requester) or paid, "the requester is not named, and there is no token")


def check_handed_out(references: Iterable[bytes], handed_out: Mapping[bytes, int]) -> Mapping[bytes, int]:
    """How often a Welcome to strangers uses each of the KeyPackages that it names (references), to be counted as used.

    `handed_out` says how often each was handed out here and was not used since: once, or more often one of last resort.
    Raises Refusal not_authorized for one that nobody was handed, and for one that was used as often before.
    """
    used = Counter(references)
    missing = [each for each, times in used.items() if times > handed_out.get(each, 0)]
    if missing:
        check(HANDED_OUT, False, f"KeyPackage {missing[0].hex()} was not handed out here, or was used already")
    return used
