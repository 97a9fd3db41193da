"""Something goes wrong between providers."""

from typing import Any, ClassVar, get_args

from msgspec.structs import replace

from simulator.dataclass import dataclass
from simulator.net.faults import AnyFault, Fault, Injected, Kill, RequestFault
from simulator.net.faults.fault import name_of
from simulator.scenario.loading.conversion import INVALID, Reader
from simulator.scenario.loading.nodes import Mapping, Node, Scalar
from simulator.scenario.loading.problems import Unfit
from simulator.scenario.names import Kind, Names
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
    clients_suffice: ClassVar[bool] = True

    faults: tuple[OneFault, ...]

    @property
    def kills(self) -> bool:
        """Whether one of them does, and not never."""
        return any(isinstance(each.fault, Kill) and each.fault.rate > 0 for each in self.faults)

    def check_names(self, names: Names) -> None:
        """Raises Unfit for an endpoint that there is not, and for operations of which it is for none."""
        for fault in (each.fault for each in self.faults):
            endpoint = _endpoint(fault)
            if endpoint is None or not isinstance(fault, RequestFault):
                continue
            complaint, meant = names.complaint(Kind.endpoint, endpoint), names.draft.meaning(endpoint)
            if complaint or meant is None:
                raise Unfit(endpoint, complaint or endpoint)
            asked = fault.where.operation
            if asked and meant.operations and not set(asked) & set(meant.operations):
                raise Unfit(asked[0], f'"{endpoint}" is not for {asked[0]}, but for {", ".join(meant.operations)}')

    async def run(self, context: Context) -> tuple[Injected, ...]:
        """All at once; a request meets them in the order of the list."""
        return tuple(context.session.inject(_resolved(each.fault, context)) for each in self.faults)


def _endpoint(fault: Fault) -> str | None:
    """The endpoint that a fault names; None where it names none, or a path."""
    named = fault.where.endpoint if isinstance(fault, RequestFault) else None
    return None if named is None or named.startswith("/") else named


def _resolved(fault: Fault, context: Context) -> Fault:
    """The fault with the endpoint that a word stands for in the word's place."""
    endpoint = _endpoint(fault)
    if endpoint is None or not isinstance(fault, RequestFault):
        return fault
    meant, asked = context.meaning(endpoint), fault.where.operation
    operation = tuple(each for each in asked if each in meant.operations or not meant.operations)
    where = replace(fault.where, endpoint=meant.endpoint, operation=operation if asked else meant.operations)
    return replace(fault, where=where)
