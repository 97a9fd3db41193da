"""A fresh store for each test."""

from collections.abc import Iterator

import pytest

from simulator.storage import Store


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store()
    yield made
    made.close()
