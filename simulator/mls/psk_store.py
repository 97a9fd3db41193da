"""The pre-shared keys that a client has at hand (RFC 9420 8.4, 8.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simulator.mls.errors import InvalidPSK
from simulator.mls.psk import ExternalPSK, PreSharedKeyID


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
        return tuple((identifier, self._find(identifier)) for identifier in identifiers)

    def _find(self, identifier: PreSharedKeyID) -> bytes:
        source = identifier.source
        if isinstance(source, ExternalPSK):
            found, name = self.external.get(source.psk_id), f"external PSK {source.psk_id.hex()}"
        else:
            found = self.resumption.get((source.psk_group_id, source.psk_epoch))
            name = f"the resumption PSK of group {source.psk_group_id.hex()}, epoch {source.psk_epoch}"
        if found is None:
            raise InvalidPSK("psk_unknown", "RFC 9420 8.4", f"{name} is not at hand")
        return found


NO_PSKS = PSKStore()
