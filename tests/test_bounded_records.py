"""The last items are kept, by number and by size; a single one always."""

from dataclasses import dataclass

import pytest

from simulator.bounded_records import Bounds, Recent, weight


def test_without_bounds_everything_is_kept() -> None:
    recent: Recent[int] = Recent()
    for number in range(10_000):
        recent.append(number)
    assert (recent, recent.total, recent.forgotten) == (list(range(10_000)), 10_000, 0)


def test_so_many() -> None:
    recent: Recent[int] = Recent(Bounds(3, 10**9))
    for number in range(5):
        recent.append(number)
    assert (recent, recent.total, recent.forgotten) == ([2, 3, 4], 5, 2)


def test_so_large() -> None:
    recent: Recent[bytes] = Recent(Bounds(100, 10_000))
    for number in range(50):
        recent.append(bytes([number]) * 2_000)
    assert [item[0] for item in recent] == [46, 47, 48, 49]
    recent.append(bytes(10**6))
    assert [len(item) for item in recent] == [10**6], "what is larger than all that is to be kept is kept alone"
    recent.append(b"small")
    assert (recent, recent.total) == ([b"small"], 52)


@dataclass
class Thing:
    name: str
    parts: tuple[bytes, ...]
    more: dict[str, str]


@pytest.mark.parametrize(
    "value", [b"x" * 5_000, "x" * 5_000, ("x" * 5_000,), Thing("x", (b"x" * 5_000,), {}), {"a": "x" * 5_000}]
)
def test_what_is_deep_inside_counts(value: object) -> None:
    assert 5_000 < weight(value) < 7_000
    assert weight(7) < 200
