"""An operator in a federation of three providers, and a group in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.drafts import registry
from simulator.federation.control.actions.add import Add
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.create import Create
from simulator.federation.control.operator import Operator
from tests.consent_by_request import DRAFT
from tests.federated import federation


@pytest.fixture
async def operator() -> AsyncIterator[Operator]:
    async with federation() as session:
        yield Operator(session)


@pytest.fixture
async def by_request(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Operator]:
    """An operator where users ask each other for consent by requests, without a group."""
    monkeypatch.setitem(registry._by_path, Path(DRAFT.name), DRAFT)
    async with federation(draft=DRAFT.name) as session:
        yield Operator(session)


@pytest.fixture
async def team(operator: Operator) -> str:
    """The URI of a group of alice and bob."""
    await Connect(from_="alice", to=("bob",)).run(operator)
    group = (await Create(by="alice").run(operator)).group
    await Add(by="alice", group=group, users=("bob",)).run(operator)
    return group
