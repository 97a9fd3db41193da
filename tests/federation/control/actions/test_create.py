"""New groups."""

from simulator.federation.control.actions.create import Create
from simulator.federation.control.operator import Operator


async def test_it_is_the_clients_own_providers(operator: Operator) -> None:
    created = await Create(by="bob").run(operator)
    assert created.group.startswith("mimi://b.example/g/")
    assert list(operator.client("bob").groups) == [created.group]
