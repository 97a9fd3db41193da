"""New groups."""

import pytest

from simulator.drafts.features import DraftFeature
from simulator.errors import Misuse
from simulator.federation.control.actions.create import Create
from simulator.federation.control.operator import Operator
from tests.federated import federation


async def test_it_is_the_clients_own_providers(operator: Operator) -> None:
    created = await Create(by="bob").run(operator)
    assert created.group.startswith("mimi://b.example/g/")
    assert list(operator.client("bob").groups) == [created.group]


async def test_settings_are_the_draft_s() -> None:
    assert DraftFeature.roles in Create(by="bob", settings={"open": True}).needed()
    assert DraftFeature.roles not in Create(by="bob").needed()
    async with federation(draft="mimi-protocol-06") as session:
        made = await Create(by="bob", settings={"open": True}).run(Operator(session))
        with pytest.raises(Misuse, match="opened"):
            await Create(by="bob", settings={"opened": True}).run(Operator(session))
        assert list(session.client("bob").groups) == [made.group]
