"""A message for chosen members only."""

from dataclasses import fields, is_dataclass
from typing import Any

from simulator.errors import SimulatorError
from simulator.mls.framing.message import MLSMessage
from simulator.provider.adversary import tell
from simulator.scenario.names import ClientRef, GroupRef, RequestRef
from simulator.scenario.running.bodies import structs_in
from simulator.scenario.running.context import Context, Request
from simulator.scenario.step import Step
from simulator.services.names import group_provider


class Tell(Step, frozen=True, tag="tell"):
    """The hub of a group brings the MLS message in a captured or changed request to these clients, and to nobody
    else, whatever the group's state says.
    """

    group: GroupRef
    request: RequestRef
    to: tuple[ClientRef, ...]

    async def run(self, context: Context) -> None:
        """By the usual way: its own queues, and fan-out."""
        group = context.group(self.group)
        request = context.result(self.request, Request)
        struct, *_ = structs_in(context.session.draft.named(request.endpoint), request.body)
        message = message_in(struct)
        hub = context.session.provider(group_provider(group.encode()))
        tell(hub, group, message, [context.session.client(name).uri for name in self.to])


def message_in(struct: Any) -> MLSMessage:
    """The first MLSMessage in a struct. Raises SimulatorError if there is none."""
    parts = [struct]
    while parts:
        part = parts.pop(0)
        if isinstance(part, MLSMessage):
            return part
        if isinstance(part, tuple):
            parts += part
        elif is_dataclass(part):
            parts += [getattr(part, field.name) for field in fields(part)]
    raise SimulatorError(f"there is no MLS message in this {type(struct).__name__}")
