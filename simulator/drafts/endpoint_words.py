"""Neutral words for what endpoints are for. Scenarios use them; each draft says which of its endpoints is meant."""

from simulator.dataclass import dataclass

WORDS: dict[str, str] = {
    "fan_out": "the hub of a group hands its messages to the other providers in it",
    "handshake": "a member, or a client that joins, changes a group at its hub by proposals and commits",
    "message": "a member sends an application message to the hub of its group",
    "key_packages": "a provider asks for the KeyPackages with which another's user is added to a group",
    "lookup": "a provider asks another one about a user of whom its own user knows no more than a name",
    "join_info": "a provider asks the hub for what a client needs to join a group by itself",
    "discovery": "a provider asks another one where it serves its endpoints",
}
"""All words, with their meanings."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word stands for in a draft: an endpoint, or some operations of one that serves several."""

    endpoint: str
    """The endpoint's name."""
    operations: tuple[str, ...] = ()
    """All operations of the endpoint if empty."""

    def includes(self, endpoint: str | None, operation: str | None) -> bool:
        """Whether it stands for a request at this endpoint, for this operation."""
        return endpoint == self.endpoint and (not self.operations or operation in self.operations)
