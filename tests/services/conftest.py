"""A fresh bench for each test: the services of a provider over a store in memory."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.services.bench import Bench, Client


@pytest.fixture
def bench() -> Iterator[Bench]:
    """a.example, the hub."""
    with closing(Bench()) as made:
        yield made


@pytest.fixture
def follower() -> Iterator[Bench]:
    """b.example, where bob is at home."""
    with closing(Bench(provider="b.example")) as made:
        made.register(made.client("bob.phone@b"))
        made.register(made.client("bob.laptop@b"))
        yield made


@pytest.fixture
def alice(bench: Bench) -> Client:
    """The member of a group at a.example who sends."""
    return bench.found("alice.phone@a")
