"""A message on its way to clients, as the services handle it: what is in it only the draft reads."""

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message about a group for clients of one provider.

    `payload` is what the draft has to send or, for clients of ours, to queue; `recipients` may be empty where a draft
    leaves it to the other provider to know them.
    """

    operation: str
    """What the draft calls bringing it, in errors and events."""
    group_id: bytes
    recipients: tuple[str, ...]
    payload: bytes
