"""A live federation for each test, as a cell would start it."""

from collections.abc import Iterator

import pytest

from simulator.notebook import Federation


@pytest.fixture
def federation() -> Iterator[Federation]:
    """Alice with one client and Adam with two at a.example, Bob at b.example, Carol at c.example."""
    users = {
        "a.example": {"alice": ["phone"], "adam": ["phone", "laptop"]},
        "b.example": {"bob": "phone"},
        "c.example": {"carol": ["phone"]},
    }
    with Federation(users, key_packages=2) as running:
        yield running
