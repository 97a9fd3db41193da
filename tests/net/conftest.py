from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import trio

from tests.net.loopback import Echo, Loopback


@pytest.fixture
async def loopback(nursery: trio.Nursery) -> AsyncIterator[Loopback]:
    async with AsyncExitStack() as exits:
        yield Loopback(nursery, exits)


@pytest.fixture
def echo() -> Echo:
    return Echo()
