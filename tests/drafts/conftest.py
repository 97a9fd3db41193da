"""A fresh bench for each test: the services of a.example over a store in memory."""

import pytest

from tests.services.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()
