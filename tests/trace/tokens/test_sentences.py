"""What an exchange says of tokens, in one sentence."""

from dataclasses import replace

from simulator.privacy_pass.token_keys import token_key_id
from simulator.trace.tokens.challenges import shown_challenges
from simulator.trace.tokens.fields import short
from simulator.trace.tokens.sentences import about_tokens, directory_in
from tests.trace.tokens.exchanges import HOLDER, KEY, challenged, exchange, listed, paid, requested


def test_exchanges_say_what_is_wanted_presented_asked_and_listed() -> None:
    shown = shown_challenges([challenged()])
    key = short(token_key_id(KEY))
    budget = {"per": "user", "tokens": 4, "period": 60}
    assert about_tokens(challenged(), shown).startswith("wants a token of b.example for ds.b.example")
    assert about_tokens(paid(), shown).startswith("a token of b.example for ds.b.example")
    assert about_tokens(listed(budget=budget), {}) == f"keys {key}; 4 tokens per user in 60 s"
    assert about_tokens(listed(), {}) == f"keys {key}"
    said = about_tokens(requested(holder=HOLDER), {})
    assert said.startswith("asks for a token with the key ..ab; ")
    assert "signed by a.example at 2026-01-01" in said
    assert said.endswith("; for the pseudonym 68686868..") or "for the pseudonym 68686868..; " in said


def test_others_say_nothing() -> None:
    assert about_tokens(exchange(), {}) == ""


def test_what_is_malformed_says_so() -> None:
    assert "a token request that can't be read" in about_tokens(replace(requested(), request=b"\x00\x02"), {})
    assert directory_in(replace(listed(), response=b"{}")) is None
    assert directory_in(replace(listed(), status=404)) is None
    assert about_tokens(replace(listed(), response=b"{}"), {}) == ""
