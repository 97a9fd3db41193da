"""What a client reads out of its queue."""

from simulator.dataclass import dataclass
from simulator.mls.framing.message import MLSMessage
from simulator.mls.tree.node import RatchetTreeNodes


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """One queued message, decoded by the draft.

    `messages` is at least one, in the order to read them: more than one where a message comes with others that only
    make sense after it.
    """

    messages: tuple[MLSMessage, ...]
    asks_consent: bool = False
    """The message is an invitation, and its user is asked before the client joins."""
    ratchet_tree: RatchetTreeNodes | None = None
    """The tree of the epoch that a Welcome leads to; None if it has to be fetched, or there is no Welcome."""
