"""Who is meant."""

from typing import Any

import pytest

from simulator.net.client.request_route import RequestRoute
from simulator.net.faults import RequestMatch

HOP = RequestRoute("a.example", "ds.b.example", "POST", "/deliver_message", "b.example", "deliver_message", "deliver")

ALL: dict[str, Any] = {
    "sender": "a.example",
    "recipient": "b.example",
    "endpoint": "deliver_message",
    "operation": ("other", "deliver"),
}


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"sender": "a.example"},
        {"recipient": "b.example"},
        {"recipient": "ds.b.example"},
        {"endpoint": "deliver_message"},
        {"endpoint": "/deliver_message"},
        {"operation": ("deliver",)},
        ALL,
    ],
)
def test_all_that_is_said_fits(properties: dict[str, Any]) -> None:
    assert RequestMatch(**properties).matches(HOP)


@pytest.mark.parametrize("name", ["sender", "recipient", "endpoint", "operation"])
def test_one_that_does_not_fit_is_enough(name: str) -> None:
    assert not RequestMatch(**{**ALL, name: ("other",) if name == "operation" else "other"}).matches(HOP)  # type: ignore[arg-type]


def test_nobody_said_what_it_is_for() -> None:
    assert not RequestMatch(operation=("deliver",)).matches(
        RequestRoute("a.example", "ds.b.example", "POST", "/deliver_message")
    )


@pytest.mark.parametrize(
    ("skip", "times", "hit"), [(0, None, [1, 2, 3, 4]), (0, 2, [1, 2]), (1, 1, [2]), (2, None, [3, 4]), (0, 0, [])]
)
def test_numbers(skip: int, times: int | None, hit: list[int]) -> None:
    assert [number for number in range(1, 5) if RequestMatch(skip=skip, times=times).counts(number)] == hit
