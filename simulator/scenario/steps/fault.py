"""Something goes wrong between providers."""

from dataclasses import dataclass
from typing import Any, ClassVar, get_args

from simulator.net.faults import AnyFault, Fault, Injected
from simulator.net.faults.fault import name_of
from simulator.scenario.loading.reader import INVALID, Reader
from simulator.scenario.loading.tree import Mapping, Node, Scalar
from simulator.scenario.names import Kind
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step

_FAULTS: dict[str, type[Fault]] = {name_of(kind): kind for kind in get_args(AnyFault)}


@dataclass(frozen=True, slots=True)
class OneFault:
    """A fault by its name: `drop_answer: {where: {recipient: b.example, times: 1}}`."""

    fault: Fault

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping with one keyword."""
        if not isinstance(node, Mapping) or len(node.values) != 1:
            return reader.wrong(node, "expected one fault, such as drop_answer: {where: {recipient: b.example}}")
        ((name, place),) = node.keys.items()
        kind = reader.choice(Scalar(name, place), _FAULTS, "fault")
        fault = kind if kind is INVALID else reader.struct(node.values[name], kind, place)
        return fault if fault is INVALID else cls(fault)


class InjectFaults(Step, frozen=True, tag="fault"):
    """Put faults into force, until a `repair`. What they hold up is not waited for. Names the faults."""

    produces: ClassVar[Kind] = Kind.fault
    shorthand: ClassVar[str] = "faults"

    faults: tuple[OneFault, ...]

    async def run(self, context: Context) -> tuple[Injected, ...]:
        """All at once; a request meets them in the order of the list."""
        return tuple(context.session.inject(each.fault) for each in self.faults)
