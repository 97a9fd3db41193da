"""A running federation for the provider's tests."""

from collections.abc import AsyncIterator

import pytest

from simulator.federation import Session
from tests.federated import federation


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation() as running:
        yield running
