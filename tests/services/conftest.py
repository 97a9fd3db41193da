"""A fresh bench for each test."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.services.bench import Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    with closing(Bench()) as made:
        yield made
