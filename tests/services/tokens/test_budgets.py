"""How many tokens are issued."""

import pytest

from simulator.privacy_pass.directory import Budget, Per
from simulator.privacy_pass.message_signature import Attestation
from simulator.rules import Enforcement, enforced_by
from simulator.services.refusal import Code, Refusal
from simulator.services.tokens.budgets import IssuerBudget, Tally, check_budget, issued_token
from tests.breaking import breaks

NOW = 1_700_000_000
PROVIDERS, USERS = IssuerBudget(Per.provider, 20, 3600), IssuerBudget(Per.user, 3, 3600, most=30)


def attestation(holder: bytes | None = None) -> Attestation:
    return Attestation("a.example", NOW, holder, b"", b"")


@pytest.mark.parametrize(
    ("budget", "tally"),
    [(PROVIDERS, Tally(19, 19, False)), (USERS, Tally(29, 2, False)), (USERS, Tally(3, 0, False))],
)
def test_within_the_budget(budget: IssuerBudget, tally: Tally) -> None:
    check_budget(budget, tally, NOW)


@pytest.mark.parametrize(
    ("budget", "tally", "rule"),
    [
        (PROVIDERS, Tally(20, 0, False), "PP-BUDGET-1"),
        (USERS, Tally(5, 3, False), "PP-BUDGET-1"),
        (USERS, Tally(30, 0, False), "PP-BUDGET-1/MOST"),
    ],
)
def test_beyond_it_one_waits_for_the_next_window(budget: IssuerBudget, tally: Tally, rule: str) -> None:
    with breaks(rule), pytest.raises(Refusal) as caught:
        check_budget(budget, tally, NOW)
    assert (caught.value.code, caught.value.retry_after) == (Code.rate_limited, 2800)
    with enforced_by(Enforcement({"PP-BUDGET-1"})):
        check_budget(budget, tally, NOW)


def test_a_repetition_is_free() -> None:
    check_budget(PROVIDERS, Tally(20, 20, True), NOW)
    check_budget(USERS, Tally(30, 3, True), NOW)


def test_what_is_remembered() -> None:
    row = issued_token(attestation(), b"blinded", PROVIDERS, NOW)
    assert (row.window, row.provider, row.holder, len(row.digest)) == (472_222, "a.example", b"", 32)
    assert row == issued_token(attestation(), b"blinded", PROVIDERS, NOW + 2799)
    others = [
        issued_token(attestation(), b"other", PROVIDERS, NOW),
        issued_token(attestation(), b"blinded", PROVIDERS, NOW + 2800),
        issued_token(attestation(b"h" * 32), b"blinded", USERS, NOW),
    ]
    assert row not in others


def test_the_cap_is_not_published() -> None:
    assert USERS.published == Budget(Per.user, 3, 3600)
