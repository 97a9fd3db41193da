"""A message for chosen members only."""

from dataclasses import fields, is_dataclass
from typing import Any, ClassVar

from simulator.errors import SimulatorError
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.joining.welcome import Welcome
from simulator.provider.adversary import tell
from simulator.scenario.names import ClientRef, GroupRef, RequestRef
from simulator.scenario.running.bodies import structs_in
from simulator.scenario.running.context import Context, Request
from simulator.scenario.step import Conduct, Step
from simulator.services.names import group_provider


class Tell(Step, frozen=True, tag="tell"):
    """The hub of a group brings the MLS message in a captured or changed request to these clients, and to nobody
    else, whatever the group's state says.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    group: GroupRef
    request: RequestRef
    to: tuple[ClientRef, ...]
    welcome: bool = False
    """The Welcome in the request, and not the first message in it; some drafts have it there without an MLSMessage
    around it."""

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The group's hub."""
        hub = group_provider(context.group(self.group).encode())
        return (hub,)

    async def run(self, context: Context) -> None:
        """By the usual way: its own queues, and fan-out."""
        group = context.group(self.group)
        request = context.result(self.request, Request)
        struct, *_ = structs_in(context.session.draft.named(request.endpoint), request.body)
        message = message_in(struct, welcome=self.welcome)
        hub = context.session.provider(group_provider(group.encode()))
        tell(hub, group, message, [context.session.client(name).uri for name in self.to])


def message_in(struct: Any, *, welcome: bool = False) -> MLSMessage:
    """The first MLSMessage in a struct, or the first Welcome. Raises SimulatorError if there is none."""
    parts = [struct]
    while parts:
        part = parts.pop(0)
        if isinstance(part, MLSMessage):
            if isinstance(part.body, Welcome) or not welcome:
                return part
        elif welcome and isinstance(part, Welcome):
            return mls_message(part)
        elif isinstance(part, tuple):
            parts += part
        elif is_dataclass(part):
            parts += [getattr(part, field.name) for field in fields(part)]
    what = "Welcome" if welcome else "MLS message"
    raise SimulatorError(f"there is no {what} in this {type(struct).__name__}")
