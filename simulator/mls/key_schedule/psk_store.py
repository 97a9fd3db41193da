"""The pre-shared keys that a client has at hand (RFC 9420 8.4, 8.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.mls.key_schedule import rules
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.rules import refuse


@dataclass(frozen=True, slots=True)
class PSKStore:
    """External PSKs by their psk_id, resumption PSKs by (group_id, epoch). A group adds its own epochs itself."""

    external: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)
    resumption: Mapping[tuple[bytes, int], bytes] = field(default_factory=dict, repr=False)

    def with_resumption(self, resumption: Mapping[tuple[bytes, int], bytes]) -> "PSKStore":
        """These too."""
        return PSKStore(self.external, {**self.resumption, **resumption})

    def look_up(self, identifiers: Sequence[PreSharedKeyID]) -> tuple[tuple[PreSharedKeyID, bytes], ...]:
        """Each identifier with its PSK, in order. Raises InvalidPSK (`psk_unknown`)."""
        return tuple((identifier, self._get(identifier)) for identifier in identifiers)

    def holds(self, identifier: PreSharedKeyID) -> bool:
        """Whether the PSK is at hand."""
        return self._find(identifier) is not None

    def _get(self, identifier: PreSharedKeyID) -> bytes:
        found = self._find(identifier)
        if found is None:
            refuse(rules.PSK_KNOWN, f"{_name(identifier)} is not at hand")
        return found

    def _find(self, identifier: PreSharedKeyID) -> bytes | None:
        source = identifier.source
        if isinstance(source, ExternalPSK):
            return self.external.get(source.psk_id)
        return self.resumption.get((source.psk_group_id, source.psk_epoch))


def _name(identifier: PreSharedKeyID) -> str:
    source = identifier.source
    if isinstance(source, ExternalPSK):
        return f"external PSK {source.psk_id.hex()}"
    return f"the resumption PSK of group {source.psk_group_id.hex()}, epoch {source.psk_epoch}"


NO_PSKS = PSKStore()
