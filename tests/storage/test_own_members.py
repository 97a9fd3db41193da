"""Members of ours are known by group, once each, until they leave or are deleted."""

import pytest

from simulator.storage import Store

ALICE, PHONE, LAPTOP = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone", "mimi://a.example/d/alice/laptop"


@pytest.fixture(autouse=True)
def clients(store: Store) -> None:
    store.users.add(ALICE)
    for client in (PHONE, LAPTOP):
        store.users.add_client(client, ALICE)


def test_members_come_and_go(store: Store) -> None:
    for client in (PHONE, LAPTOP, PHONE):
        store.own_members.add(b"one", client)
    store.own_members.add(b"two", PHONE)
    assert store.own_members.of(b"one") == (LAPTOP, PHONE)
    store.own_members.remove(b"one", PHONE)
    assert (store.own_members.of(b"one"), store.own_members.of(b"two")) == ((LAPTOP,), (PHONE,))
    store.users.remove_client(LAPTOP)
    assert store.own_members.of(b"one") == ()


def test_who_has_asked_to_join_counts_until_that_is_refused(store: Store) -> None:
    store.own_members.expect(b"one", PHONE)
    assert store.own_members.of(b"one") == (PHONE,)
    store.own_members.expect_no_more(b"one", PHONE)
    assert store.own_members.of(b"one") == ()
    store.own_members.add(b"one", PHONE)
    store.own_members.expect(b"one", PHONE)
    store.own_members.expect_no_more(b"one", PHONE)
    assert store.own_members.of(b"one") == (PHONE,), "it was in the group before it asked"
