"""Members of mls-rs; tests/interop has them in groups of ours."""

import pytest

from simulator.bench.stacks.mls_rs import PeerClient

pytest.importorskip("mls_rs_uniffi")


def test_one_adds_another_and_both_talk_in_octets() -> None:
    alice, bob = PeerClient(b"alice"), PeerClient(b"bob")
    group = alice.create(b"room")
    welcome = group.add(bob.key_package()).welcome
    assert welcome is not None
    joined = bob.join(welcome)
    assert joined.process_bytes(group.encrypt_bytes(b"hello")).data == b"hello"
    assert group.tree() == joined.tree()
    assert group.export(b"label", b"", 16) == joined.export(b"label", b"", 16)
