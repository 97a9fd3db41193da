"""What a hub keeps of a room beside its MLS state, for as long as the room lives."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

from simulator.codec import Fixed, decode, encode, opaque, struct, uint64, utf8
from simulator.drafts.mimi_protocol_06.messages.group_info import PendingProposal
from simulator.storage import GroupRecord

LONGEST_MEMORY = 10_000
"""Of how many fetched KeyPackages a hub remembers where they came from: the oldest are those that nobody uses."""


# opaque reference<V>;
# opaque provider<V>;
@struct
class Fetched:
    """Whose provider has answered with a KeyPackage: the Welcome that names it goes there."""

    reference: opaque
    provider: utf8


# opaque hub_key[32];
# uint64 last_timestamp;
# opaque providers<V><V>;
# Fetched fetched<V>;
# PendingProposal queue<V>;
@struct
class RoomFacts:
    """`hub_key` is secret and never changes; `last_timestamp` is in milliseconds since 1970; `providers` have, or had,
    a client in the room; `queue` has what waits for the next commit, as it came.
    """

    hub_key: Annotated[bytes, Fixed(32)]
    last_timestamp: uint64
    providers: tuple[utf8, ...]
    fetched: tuple[Fetched, ...] = ()
    queue: tuple[PendingProposal, ...] = ()

    @classmethod
    def of(cls, record: GroupRecord) -> "RoomFacts":
        """Those of a room that is kept."""
        return decode(cls, record.facts)

    @property
    def encoded(self) -> bytes:
        """As a GroupRecord has them."""
        return encode(self)

    @property
    def origins(self) -> Mapping[bytes, str]:
        """Which provider each KeyPackage came from, by its reference."""
        return {each.reference: each.provider for each in self.fetched}

    def with_fetched(self, references: Iterable[bytes], provider: str) -> "RoomFacts":
        """These KeyPackages came from this provider, which has asked for them or not."""
        new = {reference: Fetched(reference, provider) for reference in references}
        kept = (each for each in self.fetched if each.reference not in new)
        return replace(self, fetched=(*kept, *new.values())[-LONGEST_MEMORY:])

    def without_fetched(self, references: Iterable[bytes]) -> "RoomFacts":
        """These KeyPackages are used."""
        used = frozenset(references)
        return replace(self, fetched=tuple(each for each in self.fetched if each.reference not in used))

    def with_providers(self, providers: Iterable[str]) -> "RoomFacts":
        """These have clients in the room."""
        return replace(self, providers=tuple(dict.fromkeys((*self.providers, *providers))))
