"""What a message costs its queues: a row for each client that comes or goes, not for each that gets it."""

import random

import pytest

from simulator.storage import Store

USER = "mimi://a.example/u/alice"
CLIENTS = tuple(f"mimi://a.example/d/alice/{number}" for number in range(1200))
TABLES = ("audiences", "audience_members", "messages", "payloads")


@pytest.fixture
def full(store: Store) -> Store:
    store.users.add(USER)
    for client in CLIENTS:
        store.users.add_client(client, USER)
    return store


def new_rows(store: Store, *clients: str) -> tuple[int, ...]:
    """How many a message to these clients has made, by table."""
    before = store._rows()
    digest = str(len(before["messages"])).encode()
    store.queues.append(clients, "b.example", digest, b"group", b"message " + digest)
    after = store._rows()
    return tuple(len(after[table]) - len(before[table]) for table in TABLES)


def test_the_same_clients_cost_nothing_the_second_time(full: Store) -> None:
    assert new_rows(full, *CLIENTS) == (1, 1200, 1, 1)
    assert new_rows(full, *CLIENTS) == (0, 0, 1, 1)
    assert new_rows(full, *reversed(CLIENTS)) == (0, 0, 1, 1)
    assert new_rows(full, *CLIENTS, "mimi://a.example/d/nobody/phone") == (0, 0, 1, 1)


def test_whoever_comes_or_goes_costs_a_row(full: Store) -> None:
    new_rows(full, *CLIENTS)
    assert new_rows(full, *CLIENTS[1:]) == (0, 0, 1, 1), "a row has changed"
    assert new_rows(full, *CLIENTS) == (0, 1, 1, 1), "one is back"
    full.users.remove_client(CLIENTS[0])
    assert new_rows(full, *CLIENTS[1:]) == (0, 0, 1, 1)


def test_a_message_to_a_few_does_not_change_who_gets_those_to_all(full: Store) -> None:
    new_rows(full, *CLIENTS)
    assert new_rows(full, CLIENTS[5]) == (1, 1, 1, 1)
    assert new_rows(full, *CLIENTS) == (0, 0, 1, 1)
    assert new_rows(full, CLIENTS[6]) == (0, 1, 1, 1)
    assert new_rows(full, *CLIENTS) == (0, 0, 1, 1)


def test_most_of_a_group_may_leave_it_at_once(full: Store) -> None:
    new_rows(full, *CLIENTS)
    assert new_rows(full, *CLIENTS[:200]) == (1, 200, 1, 1)
    assert new_rows(full, *CLIENTS[:200]) == (0, 0, 1, 1)


def test_nobody_who_is_ours_costs_nothing(full: Store) -> None:
    before = full.fingerprint()
    assert full.queues.append(("mimi://b.example/d/bob/phone",), "b.example", b"1", b"group", b"message") == set()
    assert full.fingerprint() == before


def test_what_is_kept_in_memory_makes_no_difference_to_the_rows(full: Store) -> None:
    forgets = Store()
    forgets.users.add(USER)
    for client in CLIENTS:
        forgets.users.add_client(client, USER)
    sets = (CLIENTS[:3], CLIENTS[5:9], CLIENTS[:2], CLIENTS[20:30])
    rng = random.Random(1)
    for number in range(60):
        clients, group = rng.choice(sets), rng.choice((b"group", b"other"))
        said = (clients, "b.example", str(number).encode(), group, b"message")
        forgets.changed_outside()
        assert full.queues.append(*said) == forgets.queues.append(*said)
        assert full.fingerprint() == forgets.fingerprint()
    forgets.close()
