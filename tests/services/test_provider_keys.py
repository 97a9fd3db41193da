"""The keys that providers sign with."""

from dataclasses import replace

import pytest

from simulator.services import provider_keys
from simulator.services.refusal import Code
from simulator.services.results import ProviderKey
from simulator.services.signing import Signature
from tests.breaking import breaks
from tests.services.bench import NOW, Bench


def test_our_key_lasts_until_it_is_about_to_end(bench: Bench) -> None:
    first = bench.do(provider_keys.published)
    assert first.not_before <= NOW < first.not_after
    assert bench.do(provider_keys.published) == first
    bench.now = first.not_after - bench.policy.key_overlap
    assert bench.do(provider_keys.published) == first
    bench.now += 1
    second = bench.do(provider_keys.published)
    assert second.public_key != first.public_key
    assert second.key_id != first.key_id
    assert second.not_after > first.not_after


@breaks("RFC 9420 5.1.2")
def test_we_sign_with_the_key_we_tell(bench: Bench) -> None:
    key = bench.do(provider_keys.published)
    sign = bench.do(provider_keys.sign_as_provider)
    good = Signature("Label", b"content", sign("Label", b"content"))
    provider_keys.check_signature(good, key)
    forged = replace(good, content=b"other")
    refusal = bench.refuses(Code.invalid_signature, lambda _: provider_keys.check_signature(forged, key))
    assert f"a.example (key id {key.key_id.hex()})" in refusal.rule


B_KEY = ProviderKey("b.example", b"id", bytes(32), NOW - 100, NOW + 100)


def test_a_peers_key_is_remembered_while_it_is_good(bench: Bench) -> None:
    assert bench.do(lambda context: provider_keys.known("b.example", context)) is None
    bench.do(lambda context: provider_keys.learn("b.example", B_KEY, context))
    for now, known in ((NOW, B_KEY), (NOW + 100, B_KEY), (NOW + 101, None), (NOW - 101, None)):
        bench.now = now
        assert bench.do(lambda context: provider_keys.known("b.example", context)) == known


def test_a_peers_key_is_not_believed_for_ever(bench: Bench) -> None:
    for_ever = replace(B_KEY, not_after=2**63 - 1)
    bench.do(lambda context: provider_keys.learn("b.example", for_ever, context))
    bench.now += bench.policy.max_peer_key_age
    assert bench.do(lambda context: provider_keys.known("b.example", context)) == for_ever
    bench.now += 1
    assert bench.do(lambda context: provider_keys.known("b.example", context)) is None


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (replace(B_KEY, provider="c.example"), "PROVIDER-KEY-NAME"),
        (replace(B_KEY, not_after=NOW - 1), "PROVIDER-KEY-LIFETIME"),
        (replace(B_KEY, not_before=NOW + 1), "PROVIDER-KEY-LIFETIME"),
        (replace(B_KEY, public_key=bytes(31)), "PROVIDER-KEY-SIZE"),
        (replace(B_KEY, not_after=2**64 - 1, not_before=2**64 - 1), "PROVIDER-KEY-LIFETIME"),
        (replace(B_KEY, not_after=2**63), "PROVIDER-KEY-LIFETIME"),
    ],
)
def test_a_key_that_is_no_good_is_not_remembered(bench: Bench, key: ProviderKey, rule: str) -> None:
    with breaks(rule):
        bench.refuses(Code.sender_unverifiable, lambda context: provider_keys.learn("b.example", key, context))


def test_a_key_made_while_our_clock_was_ahead_is_told_to_nobody_until_it_is_good(bench: Bench) -> None:
    first = bench.do(provider_keys.published)
    bench.now += 100 * 24 * 3600
    ahead = bench.do(provider_keys.published)
    assert ahead.not_before > NOW
    bench.now = NOW
    assert bench.do(provider_keys.published) == first
    sign = bench.do(provider_keys.sign_as_provider)
    provider_keys.check_signature(Signature("Label", b"content", sign("Label", b"content")), first)


def test_for_how_long_we_believe_what_we_learned_is_counted_whatever_our_clock_says(bench: Bench) -> None:
    bench.ahead = 10 * 24 * 3600
    for_ever = replace(B_KEY, not_after=2**63 - 1)
    bench.do(lambda context: provider_keys.learn("b.example", for_ever, context))
    bench.ahead = 0
    bench.now += bench.policy.max_peer_key_age
    assert bench.do(lambda context: provider_keys.known("b.example", context)) == for_ever
    bench.now += 1
    assert bench.do(lambda context: provider_keys.known("b.example", context)) is None
