from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import trio

from tests.net.stage import Echo, Stage


@pytest.fixture
async def stage(nursery: trio.Nursery) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as exits:
        yield Stage(nursery, exits)


@pytest.fixture
def echo() -> Echo:
    return Echo()
