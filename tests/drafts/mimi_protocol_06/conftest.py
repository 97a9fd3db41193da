"""A fresh hub for each test of what providers do."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.drafts.mimi_protocol_06.hub import Hub


@pytest.fixture
def hub() -> Iterator[Hub]:
    """a.example."""
    with closing(Hub()) as made:
        yield made


@pytest.fixture
def room(hub: Hub) -> Hub:
    """The same with a room of alice, who has created it, bob with two devices, and cathy."""
    hub.add(hub.create(), "bob.phone@b", "bob.tablet@b", "cathy.phone@c")
    return hub
