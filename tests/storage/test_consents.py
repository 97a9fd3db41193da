"""Consents: the last word in each scope."""

from simulator.storage import EVERYTHING, ConsentWord, Store

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"
CAROL, ROOM = "mimi://c.example/u/carol", "mimi://a.example/r/1"


def test_the_last_word_counts_in_its_scope(store: Store) -> None:
    consents = store.consents
    consents.put(BOB, ALICE, EVERYTHING, ConsentWord.requested, 10)
    consents.put(BOB, ALICE, ROOM, ConsentWord.granted, 11)
    assert consents.get(BOB, ALICE, EVERYTHING) is ConsentWord.requested
    assert consents.get(BOB, ALICE, ROOM) is ConsentWord.granted
    assert consents.get(ALICE, BOB, EVERYTHING) is None
    consents.put(BOB, ALICE, ROOM, ConsentWord.revoked, 12)
    assert consents.get(BOB, ALICE, ROOM) is ConsentWord.revoked
    consents.remove(BOB, ALICE, ROOM)
    assert consents.get(BOB, ALICE, ROOM) is None
    assert consents.get(BOB, ALICE, EVERYTHING) is ConsentWord.requested


def test_where_somebody_has_said_a_word(store: Store) -> None:
    for scope, word in ((ROOM, ConsentWord.granted), (EVERYTHING, ConsentWord.granted), ("x", ConsentWord.revoked)):
        store.consents.put(BOB, ALICE, scope, word, 10)
    assert store.consents.scopes(BOB, ALICE, ConsentWord.granted) == (EVERYTHING, ROOM)
    assert store.consents.scopes(BOB, ALICE, ConsentWord.requested) == store.consents.scopes(ALICE, BOB, word) == ()


def test_a_repeated_word_changes_nothing(store: Store) -> None:
    store.consents.put(BOB, ALICE, EVERYTHING, ConsentWord.granted, 10)
    before = store.fingerprint()
    store.consents.put(BOB, ALICE, EVERYTHING, ConsentWord.granted, 20)
    assert store.fingerprint() == before
    store.consents.put(BOB, ALICE, EVERYTHING, ConsentWord.revoked, 20)
    assert store.fingerprint() != before


def test_what_a_user_was_asked_is_forgotten_in_every_scope(store: Store) -> None:
    for scope in (EVERYTHING, ROOM):
        store.consents.put(BOB, ALICE, scope, ConsentWord.granted, 10)
    store.consents.put(ALICE, BOB, EVERYTHING, ConsentWord.granted, 10)
    store.consents.remove_target(ALICE)
    assert store.consents.get(BOB, ALICE, EVERYTHING) is store.consents.get(BOB, ALICE, ROOM) is None
    assert store.consents.get(ALICE, BOB, EVERYTHING) is ConsentWord.granted


def test_requests_wait_until_there_is_another_word(store: Store) -> None:
    consents = store.consents
    consents.put(BOB, ALICE, ROOM, ConsentWord.requested, 11)
    consents.put(CAROL, ALICE, EVERYTHING, ConsentWord.requested, 10)
    consents.put(ALICE, BOB, EVERYTHING, ConsentWord.requested, 10)
    assert consents.requests_to(ALICE) == ((CAROL, EVERYTHING), (BOB, ROOM))
    consents.put(BOB, ALICE, ROOM, ConsentWord.granted, 12)
    assert consents.requests_to(ALICE) == ((CAROL, EVERYTHING),)
