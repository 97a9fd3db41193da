"""The outbox: in order per provider."""

from contextlib import suppress

from simulator.storage import OutboxEntry, Store


def test_each_provider_gets_its_own_in_order(store: Store) -> None:
    store.outbox.append("c.example", "invite", b"group", ("carol", "chris"), b"one", now=100, since=100)
    store.outbox.append("b.example", "notify", b"group", ("bob",), b"two", now=101, since=101)
    store.outbox.append("c.example", "notify", b"group", ("carol",), b"three", now=102, since=102)
    assert store.outbox.providers() == ("b.example", "c.example")
    first = store.outbox.first("c.example")
    assert first == OutboxEntry(1, "c.example", "invite", b"group", ("carol", "chris"), b"one", 100, 100, 0, 0, 100)
    store.outbox.remove(first.id)
    second = store.outbox.first("c.example")
    assert second is not None
    assert (second.payload, second.operation) == (b"three", "notify")
    assert store.outbox.first("d.example") is None


def test_for_whom_something_was_added_is_told_once_and_not_of_what_was_rolled_back(store: Store) -> None:
    with store.transaction():
        for provider in ("c.example", "b.example", "c.example"):
            store.outbox.append(provider, "notify", b"group", (), b"", now=100, since=100)
    assert [store.outbox.take_added(), store.outbox.take_added()] == [("b.example", "c.example"), ()]
    with suppress(ZeroDivisionError), store.transaction():
        store.outbox.append("b.example", "notify", b"group", (), b"", now=100, since=100)
        raise ZeroDivisionError
    assert store.outbox.take_added() == ()


def test_a_failed_attempt_is_counted_and_keeps_its_place(store: Store) -> None:
    store.outbox.append("b.example", "notify", b"group", ("bob",), b"one", now=100, since=100)
    store.outbox.append("b.example", "notify", b"group", ("bob",), b"two", now=100, since=100)
    counted = []
    for not_before, refused in ((160, True), (170, True), (180, False), (200, True)):
        store.outbox.postpone(1, not_before, refused=refused)
        first = store.outbox.first("b.example")
        assert first is not None
        counted.append((first.attempts, first.refusals))
    assert counted == [(1, 1), (2, 2), (3, 0), (4, 1)]
    assert (first.payload, first.not_before, first.created) == (b"one", 200, 100)


def test_a_backlog_is_counted_per_provider(store: Store) -> None:
    for provider, payload in [("b.example", b"four"), ("c.example", b"x"), ("b.example", b"seven..")]:
        store.outbox.append(provider, "notify", b"group", (), payload, now=100, since=100)
    assert store.outbox.backlog("b.example") == (2, 11)
    store.outbox.remove(1)
    assert store.outbox.backlog("b.example") == (1, 7)
    assert store.outbox.backlog("d.example") == (0, 0)
