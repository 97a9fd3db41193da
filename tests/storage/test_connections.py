"""Connections are directed: each provider keeps its own users' side."""

from simulator.storage import Store

ALICE, BOB, CAROL = "mimi://a.example/u/alice", "mimi://b.example/u/bob", "mimi://c.example/u/carol"


def test_a_connection_is_kept_until_removed(store: Store) -> None:
    store.users.add(ALICE)
    store.connections.add(ALICE, CAROL, 10)
    store.connections.add(ALICE, BOB, 11)
    assert store.connections.of(ALICE) == (BOB, CAROL)
    assert store.connections.exists(ALICE, BOB)
    assert not store.connections.exists(BOB, ALICE)
    store.connections.remove(ALICE, BOB)
    assert not store.connections.exists(ALICE, BOB)
    assert store.connections.of(ALICE) == (CAROL,)


def test_the_first_agreement_counts(store: Store) -> None:
    store.users.add(ALICE)
    store.connections.add(ALICE, BOB, 10)
    before = store.fingerprint()
    store.connections.add(ALICE, BOB, 20)
    assert store.fingerprint() == before
