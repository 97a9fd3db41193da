"""A fresh bench for each test."""

import pytest

from tests.services.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()
