"""Reports of what was not delivered: the last ones, in order."""

from dataclasses import replace

from simulator.storage import Store, UndeliveredReport

REPORT = UndeliveredReport("b.example", "invite", b"group", ("bob", "bill"), 100, 3, 200, "nobody listens there")


def test_reports_come_back_as_they_were(store: Store) -> None:
    second = replace(REPORT, provider="c.example", operation="notify")
    store.undelivered.add(REPORT, keep=10)
    store.undelivered.add(second, keep=10)
    assert store.undelivered.all() == (REPORT, second)


def test_only_the_last_are_kept(store: Store) -> None:
    for attempts in range(5):
        store.undelivered.add(replace(REPORT, attempts=attempts), keep=2)
    assert [report.attempts for report in store.undelivered.all()] == [3, 4]
