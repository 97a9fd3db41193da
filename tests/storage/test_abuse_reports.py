"""Reports of abuse: the last ones of each provider, by number and by size."""

from dataclasses import replace
from pathlib import Path

from simulator.storage import AbuseReport, Store

REPORT = AbuseReport(
    b"group",
    "c.example",
    "mimi://c.example/u/carol",
    "mimi://b.example/u/bob",
    "Spam",
    ((7, b"\xffcoins"), (8, b"!")),
    100,
)


def notes(store: Store) -> list[str]:
    return [report.note for report in store.abuse_reports.all()]


def test_reports_come_back_as_they_were_after_a_restart(tmp_path: Path) -> None:
    first = Store(tmp_path / "store")
    second = replace(REPORT, reporter="", messages=())
    for report in (REPORT, second):
        first.abuse_reports.add(report, keep=10, most_bytes=1000)
    first.close()
    again = Store(tmp_path / "store")
    assert again.abuse_reports.all() == (REPORT, second)
    again.close()


def test_the_same_report_is_kept_once(store: Store) -> None:
    for at in (100, 200):
        store.abuse_reports.add(replace(REPORT, at=at), keep=10, most_bytes=1000)
    assert store.abuse_reports.all() == (REPORT,)


def test_only_the_last_of_each_provider_are_kept(store: Store) -> None:
    store.abuse_reports.add(replace(REPORT, provider="b.example", note="other"), keep=2, most_bytes=1000)
    for number in range(4):
        store.abuse_reports.add(replace(REPORT, note=str(number)), keep=2, most_bytes=1000)
    assert notes(store) == ["other", "2", "3"]


def test_only_so_many_bytes_but_always_the_newest(store: Store) -> None:
    for note in ("a" * 60, "b" * 30, "c" * 30):
        store.abuse_reports.add(replace(REPORT, note=note, messages=()), keep=10, most_bytes=70)
    assert notes(store) == ["b" * 30, "c" * 30]
    store.abuse_reports.add(replace(REPORT, note="d" * 500, messages=()), keep=10, most_bytes=70)
    assert notes(store) == ["d" * 500]
