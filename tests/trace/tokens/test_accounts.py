"""What became of tokens, counted from exchanges and events."""

from dataclasses import replace
from typing import Any

from simulator.privacy_pass.directory import Budget, Per
from simulator.privacy_pass.token_keys import token_key_id
from simulator.trace import Event, ProtocolEvent
from simulator.trace.tokens.accounts import BudgetAccount, KeyAccount, OriginAccount, TokenAccounts, token_accounts
from tests.trace.tokens.exchanges import HOLDER, KEY, NOW, TOKEN, challenged, exchange, listed, paid, requested

BUDGET = {"per": "user", "tokens": 4, "period": 3600}
READ = Budget(Per.user, 4, 3600)
WINDOW = NOW // 3600


def event(kind: str, actor: str = "b.example", **what: Any) -> ProtocolEvent:
    return ProtocolEvent(started=1.0, role="provider", actor=actor, name=actor, kind=kind, **what)


def budgets(*events: Event) -> list[BudgetAccount]:
    return list(token_accounts(events).budgets)


def test_issued_by_provider_holder_and_window_against_the_budget() -> None:
    found = budgets(
        listed(budget=BUDGET),
        requested(4, HOLDER, b"1"),
        requested(5, HOLDER, b"1"),
        requested(6, HOLDER, b"2"),
        requested(7, b"o" * 32, b"3"),
        requested(8, HOLDER, b"4", created=NOW + 3600),
        requested(9, HOLDER, b"5", status=429, code="rate_limited", refused=True),
    )
    row = BudgetAccount("b.example", "a.example", HOLDER.hex(), WINDOW, 2, READ, {"rate_limited": 1})
    later = replace(row, window=WINDOW + 1, issued=1, refused={})
    other = replace(row, holder=(b"o" * 32).hex(), issued=1, refused={})
    assert sorted(found, key=str) == sorted([row, later, other], key=str)


def test_without_a_budget_there_is_no_window() -> None:
    assert budgets(requested()) == [BudgetAccount("b.example", "a.example", None, None, 1, None, {})]


def test_a_token_whose_answer_was_lost_is_issued_where_the_issuer_says_so() -> None:
    lost = requested(status=None, error="reset", response=b"")
    assert [each.issued for each in budgets(lost)] == []
    assert [each.issued for each in budgets(lost, event("Issued", peer="a.example"))] == [1]
    assert [each.issued for each in budgets(lost, event("Issued", peer="c.example"))] == []
    assert [each.issued for each in budgets(lost, event("Issued", peer="a.example"), requested(5))] == [1]


def test_keys_with_what_was_made_and_used() -> None:
    key = token_key_id(KEY)
    made = replace(requested(), request=b"\x00\x02" + key[-1:] + b"b" * 256)
    (found,) = token_accounts([listed(2), listed(3), made, paid(5, replace(TOKEN, token_key_id=key))]).keys
    assert found == KeyAccount("b.example", key.hex(), NOW, 2, None, 1, 1)


def test_a_key_that_is_offered_and_in_no_directory() -> None:
    (found,) = token_accounts([challenged(3), challenged(4)]).keys
    assert found == KeyAccount("b.example", token_key_id(KEY).hex(), None, None, 3, 0, 0)


def test_redeemed_and_refused_at_an_origin() -> None:
    spent = {"nonce": (b"m" * 32).hex(), "key": "00"}
    found = token_accounts(
        [
            challenged(1),
            paid(2),
            paid(3),
            paid(4, status=429, code="rate_limited", refused=True),
            paid(5, status=401, code="token_spent", refused=True),
            paid(6, status=None, error="reset"),
            event("Redeemed", details=spent),
            event("Repeated", details=spent),
            exchange(7, status=403, code="not_authorized", refused=True),
        ]
    )
    refused = {"token_required": 1, "rate_limited": 1, "token_spent": 1}
    assert found.origins == (OriginAccount("b.example", 2, 1, refused),)


def test_a_failed_request_redeems_nothing_by_itself() -> None:
    assert token_accounts([paid(1, status=503), paid(2, status=None, error="reset")]).origins == ()


def test_challenges_that_were_ignored() -> None:
    ignored = [
        event("ChallengeIgnored", "a.example", details={"rule": rule}) for rule in ("crowd", "malformed", "crowd")
    ]
    assert token_accounts(ignored).ignored == {("a.example", "crowd"): 2, ("a.example", "malformed"): 1}


def test_without_tokens_there_is_nothing() -> None:
    found = token_accounts([exchange()])
    assert found == TokenAccounts((), (), (), {})
    assert not found


def test_what_is_malformed_counts_as_what_it_is() -> None:
    odd = requested(status=400, code=None, refused=True, request=b"", request_headers=(("content-type", "x"),))
    unsigned = replace(requested(), request=b"", request_headers=requested().request_headers[:1])
    assert [(each.provider, each.issued) for each in budgets(odd, unsigned)] == [("a.example", 1)]
    assert (
        token_accounts([listed(budget={"per": "user", "tokens": 1, "period": 0}), requested()]).budgets[0].window
        is None
    )
