"""Queues: order, once each, until acknowledged."""

from simulator.storage import QueuedMessage, Store

ALICE, PHONE, LAPTOP = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone", "mimi://a.example/d/alice/laptop"


def with_clients(store: Store) -> None:
    store.users.add(ALICE)
    store.users.add_client(PHONE, ALICE)
    store.users.add_client(LAPTOP, ALICE)


def test_messages_come_out_in_order_until_acknowledged(store: Store) -> None:
    with_clients(store)
    for index in range(4):
        assert store.queues.append((PHONE,), "b.example", b"%d" % index, b"group", b"message %d" % index)
    first = QueuedMessage(1, "b.example", b"group", b"message 0")
    assert store.queues.pending(PHONE)[0] == first
    assert [queued.payload[-1:] for queued in store.queues.pending(PHONE)] == [b"0", b"1", b"2", b"3"]
    assert store.queues.pending(PHONE, limit=1) == (first,)
    assert store.queues.pending(LAPTOP) == ()
    store.queues.acknowledge(PHONE, 2)
    store.queues.acknowledge(PHONE, 1)
    assert [queued.number for queued in store.queues.pending(PHONE)] == [3, 4]
    store.queues.append((PHONE,), "b.example", b"4", b"group", b"message 4")
    assert [queued.number for queued in store.queues.pending(PHONE)] == [3, 4, 5]


def test_one_message_goes_to_many_at_once_each_in_its_own_order(store: Store) -> None:
    with_clients(store)
    many = tuple(f"mimi://a.example/d/alice/{number}" for number in range(1200))
    for client in many:
        store.users.add_client(client, ALICE)
    store.queues.append((PHONE,), "b.example", b"1", b"group", b"first")
    everybody = (PHONE, *many, "mimi://a.example/d/nobody/phone", f"{LAPTOP}\0", "")
    assert store.queues.append(everybody, "b.example", b"2", b"group", b"second") == {PHONE, *many}
    assert [queued.number for queued in store.queues.pending(PHONE)] == [1, 2]
    assert [queued.payload for queued in store.queues.pending(many[-1])] == [b"second"]
    assert store.queues.pending(LAPTOP) == ()
    assert store.queues.append((PHONE, LAPTOP), "b.example", b"2", b"group", b"second") == {LAPTOP}
    assert store.queues.append((), "b.example", b"3", b"group", b"third") == set()


def test_one_digest_is_queued_once_per_sender_and_client(store: Store) -> None:
    with_clients(store)
    assert store.queues.append((PHONE,), "b.example", b"digest", b"group", b"message")
    before = store.fingerprint()
    assert not store.queues.append((PHONE,), "b.example", b"digest", b"another group", b"another message")
    assert store.fingerprint() == before
    assert store.queues.append((LAPTOP,), "b.example", b"digest", b"group", b"message")
    assert store.queues.append((PHONE,), "c.example", b"digest", b"group", b"message")
    store.queues.acknowledge(PHONE, 2)
    assert not store.queues.append((PHONE,), "b.example", b"digest", b"group", b"message")
    assert store.queues.pending(PHONE) == ()


def test_who_has_read_everything_is_known_after_each_change(store: Store) -> None:
    with_clients(store)
    assert store.queues.idle() == {PHONE, LAPTOP}
    store.queues.append((PHONE, LAPTOP), "b.example", b"1", b"group", b"first")
    assert store.queues.idle() == set()
    assert store.queues.idle() is store.queues.idle()
    store.queues.acknowledge(PHONE, 1)
    assert store.queues.idle() == {PHONE}
    store.queues.acknowledge(LAPTOP, 1)
    store.users.remove_client(LAPTOP)
    assert store.queues.idle() == {PHONE}
