"""Queues: order, once each, until acknowledged."""

import copy
import random
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from simulator.storage import QueuedMessage, Store
from simulator.storage.store import _QUEUES

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
    store.users.add_client(LAPTOP, ALICE)
    assert store.queues.idle() == {PHONE, LAPTOP}
    store.queues.append((PHONE, LAPTOP), "b.example", b"2", b"group", b"second")
    store.queues.append((PHONE,), "b.example", b"3", b"group", b"third")
    store.queues.acknowledge(LAPTOP, 1)
    store.queues.acknowledge(PHONE, 2)
    assert store.queues.idle() == {LAPTOP}
    store.queues.acknowledge(PHONE, 1000)
    assert store.queues.idle() == {PHONE, LAPTOP}


def rows(store: Store, table: str) -> int:
    return len(store._rows()[table])


def test_a_message_is_kept_once_until_all_have_acknowledged_it(store: Store) -> None:
    with_clients(store)
    store.queues.append((PHONE, LAPTOP), "b.example", b"1", b"group", b"first")
    assert rows(store, "payloads") == 1
    store.queues.acknowledge(PHONE, 1)
    store.queues.acknowledge(PHONE, 1)
    assert rows(store, "payloads") == 1
    store.queues.acknowledge(LAPTOP, 1)
    assert (rows(store, "payloads"), rows(store, "messages")) == (0, 1)
    assert store.queues.knows(PHONE, "b.example", b"1")


def test_what_only_a_removed_client_had_not_read_goes_with_it(store: Store) -> None:
    with_clients(store)
    store.queues.append((PHONE, LAPTOP), "b.example", b"1", b"group", b"first")
    store.queues.append((LAPTOP,), "b.example", b"2", b"group", b"second")
    store.queues.acknowledge(PHONE, 1)
    store.users.remove_client(LAPTOP)
    assert (rows(store, "payloads"), rows(store, "messages")) == (0, 1)
    store.users.add_client(LAPTOP, ALICE)
    assert store.queues.pending(LAPTOP) == ()
    assert store.queues.append((PHONE, LAPTOP), "b.example", b"1", b"group", b"first") == {LAPTOP}
    assert [queued.number for queued in store.queues.pending(LAPTOP)] == [1]


def test_a_rolled_back_message_leaves_nothing(store: Store) -> None:
    with_clients(store)
    store.queues.append((PHONE,), "b.example", b"1", b"group", b"first")
    before = store.fingerprint()

    def fail() -> None:
        with store.transaction():
            store.queues.append((PHONE, LAPTOP), "b.example", b"2", b"group", b"second")
            store.queues.acknowledge(PHONE, 2)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.fingerprint() == before
    assert store.queues.idle() == {LAPTOP}
    store.queues.append((PHONE, LAPTOP), "b.example", b"2", b"group", b"second")
    assert [len(store.queues.pending(client)) for client in (PHONE, LAPTOP)] == [2, 1]


CLIENTS = tuple(f"mimi://a.example/d/alice/{number}" for number in range(7))


class Plain:
    """What queues have to do, without a thought for what it costs."""

    def __init__(self) -> None:
        self.queues: dict[str, list[tuple[str, bytes, QueuedMessage]]] = {}
        self.read: dict[str, int] = {}

    def register(self, client: str) -> None:
        self.queues.setdefault(client, [])
        self.read.setdefault(client, 0)

    def remove(self, client: str) -> None:
        self.queues.pop(client, None)
        self.read.pop(client, None)

    def append(self, clients: Iterable[str], sender: str, digest: bytes, group: bytes, payload: bytes) -> set[str]:
        added = set()
        for client in set(clients) & self.queues.keys():
            queue = self.queues[client]
            if all(row[:2] != (sender, digest) for row in queue):
                queue.append((sender, digest, QueuedMessage(len(queue) + 1, sender, group, payload)))
                added.add(client)
        return added

    def pending(self, client: str, limit: int) -> tuple[QueuedMessage, ...]:
        queue, read = self.queues.get(client, []), self.read.get(client, 0)
        return tuple(row[2] for row in queue[read : read + limit])

    def acknowledge(self, client: str, number: int) -> None:
        if client in self.queues:
            self.read[client] = max(self.read[client], min(number, len(self.queues[client])))

    def idle(self) -> set[str]:
        return {client for client, queue in self.queues.items() if len(queue) == self.read[client]}


def one_step(rng: random.Random, store: Store, plain: Plain) -> None:
    client, kind = rng.choice(CLIENTS), rng.random()
    if kind < 0.1:
        store.users.add_client(client, ALICE)
        plain.register(client)
    elif kind < 0.13:
        store.users.remove_client(client)
        plain.remove(client)
    elif kind < 0.4:
        number = plain.read.get(client, 0) + rng.choice((-1, 1, 1, 1, 2, 100))
        store.queues.acknowledge(client, number)
        plain.acknowledge(client, number)
    else:
        sender, group = rng.choice(("b.example", "c.example")), rng.choice((b"one", b"two"))
        usual = CLIENTS[: 4 if group == b"one" else 7]
        few = rng.sample(CLIENTS, rng.randrange(4))
        clients = usual if rng.random() < 0.3 else [c for c in usual if c not in few] if rng.random() < 0.5 else few
        message = (sender, b"%d" % rng.randrange(200), group, b"%d" % rng.randrange(1000))
        assert store.queues.append(tuple(clients), *message) == plain.append(clients, *message)


@pytest.mark.parametrize("seed", range(6))
def test_all_of_it_is_as_plain_lists_would_have_it(seed: int, tmp_path: Path) -> None:
    """Whatever comes in whatever order, also where transactions fail and the provider is restarted."""
    rng, plain = random.Random(seed), Plain()
    store = Store(tmp_path / "a.example.db")
    store.users.add(ALICE)
    for _ in range(150):
        after = copy.deepcopy(plain)
        fails = rng.random() < 0.2
        with suppress(KeyError), store.transaction():
            for _ in range(rng.randrange(1, 6)):
                one_step(rng, store, after)
            if fails:
                raise KeyError
        plain = plain if fails else after
        if rng.random() < 0.1:
            store.close()
            store = Store(tmp_path / "a.example.db")
        assert store.queues.idle() == plain.idle()
        for client in CLIENTS:
            limit = rng.choice((1, 3, 1000))
            assert store.queues.pending(client, limit) == plain.pending(client, limit)
            sender, digest = "b.example", b"%d" % rng.randrange(200)
            had = any(row[:2] == (sender, digest) for row in plain.queues.get(client, []))
            assert store.queues.knows(client, sender, digest) == had
        unread = {row[:2] for client, queue in plain.queues.items() for row in queue[plain.read[client] :]}
        assert rows(store, "payloads") >= len(unread)
        assert unread or not rows(store, "payloads")
    for client in CLIENTS:
        store.users.remove_client(client)
    assert sum(rows(store, table) for table in _QUEUES) == 0
    store.close()


def test_whoever_compares_stores_sees_a_row_for_each_message_of_each_client(store: Store) -> None:
    with_clients(store)
    store.queues.append((PHONE, LAPTOP), "b.example", b"1", b"group", b"first")
    store.queues.append((LAPTOP,), "b.example", b"2", b"group", b"second")
    before = store.own_rows()
    assert len(before["queue"]) == 3
    assert before.keys().isdisjoint(_QUEUES)
    store.queues.acknowledge(LAPTOP, 1)
    after = store.own_rows()
    assert [len(after["queue"] - before["queue"]), len(before["queue"] - after["queue"])] == [1, 1]
    assert {name for name, rows in after.items() if rows != before[name]} == {"queue"}
