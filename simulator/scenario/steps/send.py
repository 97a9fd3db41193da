"""Send application messages."""

from typing import Annotated, ClassVar

import msgspec

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.errors import SimulatorError
from simulator.scenario.names import ActorRef, Checked, GroupRef, Kind
from simulator.scenario.running.context import Context, Sent
from simulator.scenario.running.fields import as_bytes
from simulator.scenario.step import Step


class Send(Step, frozen=True, tag="send"):
    """One message from each client in `by`, in this order. Names the messages."""

    spreads: ClassVar[bool] = True
    produces: ClassVar[Kind] = Kind.message

    by: tuple[ActorRef, ...]
    group: GroupRef
    text: str = "hello"
    file: Annotated[str, Checked(as_bytes)] | None = None
    """What can be downloaded beside it: text, or bytes in hex after `hex:`. The sender's provider keeps it, encrypted;
    the message says where, and how it is opened.
    """
    size: Annotated[int, msgspec.Meta(ge=0, le=2**26)] = 0
    """Zeros are put behind the file until it has so many bytes."""

    def __post_init__(self) -> None:
        if self.size and self.file is None:
            raise SimulatorError('only a "file" has a size')

    def needed(self) -> tuple[DraftFeature, ...]:
        """Files, where there is one."""
        return () if self.file is None else (DraftFeature.attachments,)

    async def run(self, context: Context) -> Sent:
        """What was sent."""
        group, data = context.group(self.group), self.text.encode()
        clients = [context.session.client(name) for name in self.by]
        for client in clients:
            await client.perform(self._operation(group, data))
        return Sent(group, tuple((client.uri, data) for client in clients), context.session.now)

    def _operation(self, group: str, data: bytes) -> operations.Operation:
        if self.file is None:
            return operations.Send(group, data)
        return operations.SendFile(group, data, as_bytes(self.file).ljust(self.size, b"\0"))
