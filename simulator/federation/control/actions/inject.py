"""Something goes wrong between providers."""

from typing import Any, ClassVar

from simulator.federation.control.action import Action, Answer
from simulator.federation.control.operator import Operator
from simulator.net.faults import AnyFault


class InForce(Answer, frozen=True, kw_only=True):
    """The number of the fault, for `repair`."""

    fault: int


class Inject(Action, frozen=True, kw_only=True):
    """Put a fault into force until `repair`, for the requests that our providers send. Its `type` says which one."""

    name: ClassVar[str] = "inject"
    example: ClassVar[dict[str, Any]] = {"fault": {"type": "hold", "where": {"recipient": "b.example", "times": 1}}}

    fault: AnyFault

    async def run(self, operator: Operator) -> InForce:
        """From now on."""
        return InForce(fault=operator.inject(self.fault))
