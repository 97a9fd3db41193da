"""A federation one of whose providers is not ours."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.federation import External, ProviderSpec, Session, Topology, open_session
from simulator.net import Authority
from tests.federated import NOW


@pytest.fixture
async def with_external(tmp_path: Path) -> AsyncIterator[Session]:
    """a.example is ours; dave's provider, d.example, is somebody else's."""
    ca = tmp_path / "theirs.pem"
    ca.write_bytes(Authority().certificate_pem)
    there = External("127.0.0.1", 9, ca)
    topology = Topology(
        (
            ProviderSpec("a.example", {"alice": ("phone",)}),
            ProviderSpec("d.example", {"dave": ("phone", "laptop")}, external=there),
        ),
        key_packages=1,
    )
    async with open_session(topology, seed=1, now=NOW) as running:
        yield running
        assert running.faults == ()
