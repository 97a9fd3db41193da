"""Users, clients and their keys."""

from simulator.storage import ClientKey, Store

ALICE = "mimi://a.example/u/alice"
PHONE = "mimi://a.example/d/alice/phone"
LAPTOP = "mimi://a.example/d/alice/laptop"


def test_a_user_has_clients_with_keys(store: Store) -> None:
    assert not store.users.exists(ALICE)
    store.users.add(ALICE)
    for client in (PHONE, LAPTOP):
        store.users.add_client(client, ALICE)
    store.users.add_key(PHONE, ClientKey(1, b"key"))
    store.users.add_key(PHONE, ClientKey(3, b"other"))
    assert store.users.exists(ALICE)
    assert store.users.client_exists(PHONE)
    assert store.users.clients_of(ALICE) == (LAPTOP, PHONE)
    assert store.users.key(PHONE, b"key") == ClientKey(1, b"key")
    assert store.users.key(PHONE, b"other") == ClientKey(3, b"other")
    assert store.users.key(LAPTOP, b"key") is None


def test_clients_are_known_in_the_order_of_their_registration(store: Store) -> None:
    store.users.add(ALICE)
    for client in (PHONE, LAPTOP):
        store.users.add_client(client, ALICE)
    store.users.remove_client(PHONE)
    store.users.add_client(PHONE, ALICE)
    assert store.users.registered(ALICE) == (LAPTOP, PHONE)
    tablet = LAPTOP.replace("laptop", "a-tablet")
    store.users.add_client(tablet, ALICE)
    assert store.users.registered(ALICE) == (LAPTOP, PHONE, tablet)
    assert store.users.clients_of(ALICE) == (tablet, LAPTOP, PHONE)


def test_that_a_user_was_there_is_known(store: Store) -> None:
    store.users.remove(ALICE)
    assert not store.users.existed(ALICE)
    store.users.add(ALICE)
    store.users.remove(ALICE)
    assert (store.users.exists(ALICE), store.users.existed(ALICE)) == (False, True)
    store.users.add(ALICE)
    assert (store.users.exists(ALICE), store.users.existed(ALICE)) == (True, False)


def test_registering_again_changes_nothing(store: Store) -> None:
    store.users.add(ALICE)
    store.users.add_client(PHONE, ALICE)
    store.users.add_key(PHONE, ClientKey(1, b"key"))
    before = store.fingerprint()
    store.users.add(ALICE)
    store.users.add_client(PHONE, ALICE)
    store.users.add_key(PHONE, ClientKey(1, b"key"))
    assert store.fingerprint() == before


def test_a_removed_client_leaves_nothing_behind(store: Store) -> None:
    store.users.add(ALICE)
    before = store.fingerprint()
    store.users.add_client(PHONE, ALICE)
    store.users.add_key(PHONE, ClientKey(1, b"key"))
    store.queues.append((PHONE,), "b.example", b"digest", b"group", b"message")
    store.users.remove_client(PHONE)
    assert store.fingerprint() == before


def test_a_removed_user_is_gone(store: Store) -> None:
    with store.transaction():
        store.users.add("mimi://a.example/u/alice")
        store.users.remove("mimi://a.example/u/alice")
    assert not store.users.exists("mimi://a.example/u/alice")


def test_a_user_says_by_what_it_is_found(store: Store) -> None:
    user = "mimi://a.example/u/zach"
    assert not store.users.is_found_by(user, ())
    store.users.add(user)
    assert store.users.is_found_by(user, ("handle", "nick"))
    store.users.set_search(user, ("nick",))
    assert [store.users.is_found_by(user, kinds) for kinds in ((), ("nick",), ("handle", "nick"))] == [
        True,
        True,
        False,
    ]
    store.users.add(user)
    assert not store.users.is_found_by(user, ("handle",)), "registered again, it is as it was"
    store.users.remove(user)
    store.users.add(user)
    assert store.users.is_found_by(user, ("handle",))
