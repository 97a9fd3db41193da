"""A hub proposes with one key and franks with another, the same ones each time."""

from simulator.drafts.mimi_protocol_06.rules.hub_keys import ED25519_SUITE, franking_key, hub_keys, proposing_key
from tests.services.bench import Bench


def test_there_are_two_keys_which_stay(bench: Bench) -> None:
    proposing, franking = bench.do(hub_keys)
    assert proposing != franking
    bench.now += 10 * 365 * 24 * 3600
    assert bench.do(hub_keys) == (proposing, franking)
    assert (bench.do(proposing_key).public_key, bench.do(franking_key).public_key) == (proposing, franking)


def test_what_they_sign_is_theirs(bench: Bench) -> None:
    for key in (bench.do(proposing_key), bench.do(franking_key)):
        signature = ED25519_SUITE.sign_with_label(key.private_key, "label", b"content")
        assert ED25519_SUITE.verifies_with_label(key.public_key, "label", b"content", signature)
