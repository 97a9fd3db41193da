"""What waits in a client's queue: one FanoutMessage each time ([P] 5.5)."""

from simulator.codec import decode
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.client.join_info import MOST_IN_A_TREE
from simulator.drafts.mimi_protocol_06.messages.common import Frank, FullTree
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.received_message import ReceivedMessage
from simulator.mls.remembered import Remembered
from simulator.storage import QueuedMessage

_READ: Remembered[FanoutMessage] = Remembered(32)
"""What waits in queues, decoded: all recipients of a message get the same octets."""


@dataclass(frozen=True, slots=True)
class FannedOut(ReceivedMessage):
    """With what the hub says of it: when it accepted it (milliseconds since 1970), and its Frank, where it made one."""

    timestamp: int = 0
    frank: Frank | None = None


def read_message(queued: QueuedMessage) -> ReceivedMessage:
    """A message with those that are stapled to it. Raises DecodeError."""
    found = _READ.of(decode, FanoutMessage, queued.payload, MOST_IN_A_TREE)
    option = found.ratchet_tree_option
    elsewhere = None if option is None else ()  # nobody can be asked for a tree that is not here: it counts as empty
    return FannedOut(
        (found.message, *(found.more_proposals or ()), *(found.external_proposals or ())),
        ratchet_tree=option.ratchet_tree if isinstance(option, FullTree) else elsewhere,
        timestamp=found.timestamp,
        frank=None if found.application is None else found.application.frank,
    )
