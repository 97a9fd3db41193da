"""The end of a group."""

from simulator.federation.control.actions.delete import Delete
from simulator.federation.control.operator import Operator


async def test_everybody_else_is_out(operator: Operator, team: str) -> None:
    await Delete(by="alice", group=team).run(operator)
    async with operator.acting("bob") as bob:
        assert team not in bob.groups
