"""Users, keys and hosts."""

from dataclasses import replace

import pytest

from simulator.mls.errors import UnsupportedCipherSuite
from simulator.services import directory
from simulator.services.names import BadName
from simulator.services.refusal import Code
from simulator.services.results import DSHost, VerificationKey
from simulator.services.signing import Signature
from tests.services.bench import NOW, Bench

ALICE, PHONE = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone"


def test_users_and_clients_are_registered_here(bench: Bench) -> None:
    bench.do(lambda context: directory.register_user(ALICE, context))
    bench.do(lambda context: directory.register_client(PHONE, 1, bytes(32), context))
    bench.do(lambda context: directory.check_client(PHONE, context))
    assert bench.store.users.clients_of(ALICE) == (PHONE,)


def test_others_are_not(bench: Bench) -> None:
    bench.refuses(Code.not_authorized, lambda context: directory.register_user("mimi://b.example/u/bob", context))
    bench.refuses(Code.unknown_user, lambda context: directory.register_client(PHONE, 1, bytes(32), context))
    bench.refuses(Code.unknown_user, lambda context: directory.check_client(PHONE, context))
    with pytest.raises(BadName):
        bench.do(lambda context: directory.register_user("alice", context))
    bench.do(lambda context: directory.register_user(ALICE, context))
    with pytest.raises(UnsupportedCipherSuite):
        bench.do(lambda context: directory.register_client(PHONE, 99, bytes(32), context))
    assert not bench.store.users.client_exists(PHONE)


def test_our_key_lasts_until_it_is_about_to_end(bench: Bench) -> None:
    first = bench.do(directory.verification_key)
    assert first.not_before <= NOW < first.not_after
    assert bench.do(directory.verification_key) == first
    bench.now = first.not_after - bench.policy.key_overlap
    assert bench.do(directory.verification_key) == first
    bench.now += 1
    second = bench.do(directory.verification_key)
    assert second.public_key != first.public_key
    assert second.key_id != first.key_id
    assert second.not_after > first.not_after


def test_we_sign_with_the_key_we_tell(bench: Bench) -> None:
    key = bench.do(directory.verification_key)
    sign = bench.do(directory.sign_as_provider)
    good = Signature("Label", b"content", sign("Label", b"content"))
    directory.check_peer_signature(good, key)
    forged = replace(good, content=b"other")
    refusal = bench.refuses(Code.invalid_signature, lambda _: directory.check_peer_signature(forged, key))
    assert f"a.example (key id {key.key_id.hex()})" in refusal.rule


B_KEY = VerificationKey("b.example", b"id", bytes(32), NOW - 100, NOW + 100)


def test_a_peers_key_is_remembered_while_it_is_good(bench: Bench) -> None:
    assert bench.do(lambda context: directory.peer_key("b.example", context)) is None
    bench.do(lambda context: directory.learn_peer_key("b.example", B_KEY, context))
    for now, known in ((NOW, B_KEY), (NOW + 100, B_KEY), (NOW + 101, None), (NOW - 101, None)):
        bench.now = now
        assert bench.do(lambda context: directory.peer_key("b.example", context)) == known


def test_a_peers_key_is_not_believed_for_ever(bench: Bench) -> None:
    for_ever = replace(B_KEY, not_after=2**63 - 1)
    bench.do(lambda context: directory.learn_peer_key("b.example", for_ever, context))
    bench.now += bench.policy.max_peer_key_age
    assert bench.do(lambda context: directory.peer_key("b.example", context)) == for_ever
    bench.now += 1
    assert bench.do(lambda context: directory.peer_key("b.example", context)) is None


@pytest.mark.parametrize(
    "key",
    [
        replace(B_KEY, provider="c.example"),
        replace(B_KEY, not_after=NOW - 1),
        replace(B_KEY, not_before=NOW + 1),
        replace(B_KEY, public_key=bytes(31)),
        replace(B_KEY, not_after=2**64 - 1, not_before=2**64 - 1),
        replace(B_KEY, not_after=2**63),
    ],
)
def test_a_key_that_is_no_good_is_not_remembered(bench: Bench, key: VerificationKey) -> None:
    bench.refuses(Code.sender_unverifiable, lambda context: directory.learn_peer_key("b.example", key, context))


@pytest.mark.parametrize("host", ["a.example", "ds.a.example"])
def test_nobody_elses_ds_host_is_ours(bench: Bench, host: str) -> None:
    bench.refuses(
        Code.sender_unverifiable, lambda context: directory.learn_ds_host("b.example", DSHost(host, 60), context)
    )
    assert bench.do(lambda context: directory.ds_host("b.example", context)) is None


def test_we_know_where_we_are(bench: Bench) -> None:
    assert bench.do(lambda context: directory.ds_host("a.example", context)) == "ds.a.example"


def test_a_ds_host_is_remembered_as_long_as_it_says(bench: Bench) -> None:
    def known() -> str | None:
        return bench.do(lambda context: directory.ds_host("b.example", context))

    assert known() is None
    bench.do(lambda context: directory.learn_ds_host("b.example", DSHost("ds.b.example", 0), context))
    assert known() is None
    bench.do(lambda context: directory.learn_ds_host("b.example", DSHost("ds.b.example", 60), context))
    bench.now += 59
    assert known() == "ds.b.example"
    bench.now += 1
    assert known() is None
    bench.do(lambda context: directory.learn_ds_host("b.example", DSHost("ds.b.example", 10**30), context))
    bench.now += bench.policy.ds_host_max_age - 1
    assert known() == "ds.b.example"
    bench.now += 1
    assert known() is None


def test_a_key_made_while_our_clock_was_ahead_is_told_to_nobody_until_it_is_good(bench: Bench) -> None:
    first = bench.do(directory.verification_key)
    bench.now += 100 * 24 * 3600
    ahead = bench.do(directory.verification_key)
    assert ahead.not_before > NOW
    bench.now = NOW
    assert bench.do(directory.verification_key) == first
    sign = bench.do(directory.sign_as_provider)
    directory.check_peer_signature(Signature("Label", b"content", sign("Label", b"content")), first)


def test_for_how_long_we_believe_what_we_learned_is_counted_whatever_our_clock_says(bench: Bench) -> None:
    bench.ahead = 10 * 24 * 3600
    for_ever = replace(B_KEY, not_after=2**63 - 1)
    bench.do(lambda context: directory.learn_peer_key("b.example", for_ever, context))
    bench.do(lambda context: directory.learn_ds_host("b.example", DSHost("ds.b.example", 3600), context))
    bench.ahead = 0
    bench.now += 3599
    assert bench.do(lambda context: directory.ds_host("b.example", context)) == "ds.b.example"
    bench.now += 1
    assert bench.do(lambda context: directory.ds_host("b.example", context)) is None
    bench.now += bench.policy.max_peer_key_age - 3600
    assert bench.do(lambda context: directory.peer_key("b.example", context)) == for_ever
    bench.now += 1
    assert bench.do(lambda context: directory.peer_key("b.example", context)) is None
