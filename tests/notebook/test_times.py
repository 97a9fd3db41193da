"""Time spans in cells."""

from datetime import timedelta
from typing import Any

import pytest

from simulator.errors import SimulatorError
from simulator.notebook.times import seconds
from simulator.provider.clock import CENTURY


@pytest.mark.parametrize(
    ("span", "found"),
    [
        (0, 0),
        (90, 90),
        ("90", 90),
        ("90s", 90),
        ("1 second", 1),
        ("10 minutes", 600),
        ("5 min", 300),
        ("5m", 300),
        ("2 Hours", 7200),
        (" 30 days ", 2_592_000),
        ("1 week", 604_800),
        (timedelta(minutes=3), 180),
        (CENTURY, CENTURY),
    ],
)
def test_spans(span: Any, found: int) -> None:
    assert seconds(span) == found


@pytest.mark.parametrize(
    "span",
    [
        -1,
        CENTURY + 1,
        "",
        "soon",
        "-1 s",
        "1.5 h",
        "5 months",
        "9" * 5000,
        timedelta(seconds=-1),
        timedelta(milliseconds=1),
    ],
)
def test_what_is_none(span: Any) -> None:
    with pytest.raises(SimulatorError, match=r"^expected whole seconds, or a time such as .*10 minutes.*, not "):
        seconds(span)
