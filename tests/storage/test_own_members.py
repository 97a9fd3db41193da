"""Members of ours are known by group, once each, until they leave or are deleted."""

from simulator.storage import Store

ALICE, PHONE, LAPTOP = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone", "mimi://a.example/d/alice/laptop"


def test_members_come_and_go(store: Store) -> None:
    store.users.add(ALICE)
    for client in (PHONE, LAPTOP):
        store.users.add_client(client, ALICE)
    assert [store.own_members.add(b"one", client) for client in (PHONE, LAPTOP, PHONE)] == [True, True, False]
    store.own_members.add(b"two", PHONE)
    assert store.own_members.of(b"one") == (LAPTOP, PHONE)
    store.own_members.remove(b"one", PHONE)
    assert (store.own_members.of(b"one"), store.own_members.of(b"two")) == ((LAPTOP,), (PHONE,))
    store.users.remove_client(LAPTOP)
    assert store.own_members.of(b"one") == ()
