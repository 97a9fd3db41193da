"""PSKs in a commit that its hub may have reason to doubt (RFC 9420 8.4): only who holds them can follow the commit."""

from collections.abc import Sequence

from simulator.clients.client_state import ClientState
from simulator.dataclass import dataclass
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.key_schedule.psk_store import PSKStore

_NAME = b"a secret that only the committer knows"


@dataclass(frozen=True, slots=True)
class Psk:
    """The resumption PSK of the group `of` (a URI); without one, an external PSK that nobody else has.

    `epoch` is that group's present one if not said. What the committer does not have, it makes up.
    """

    of: str | None = None
    usage: ResumptionPSKUsage = ResumptionPSKUsage.reinit
    epoch: int | None = None

    def identifier(self, state: ClientState) -> PreSharedKeyID:
        """How the commit names it. Raises NotAMember."""
        nonce = state.rand("psk_nonce", state.suite.secret_size)
        if self.of is None:
            return PreSharedKeyID(ExternalPSK(_NAME), nonce)
        epoch = state.group(self.of).epoch if self.epoch is None else self.epoch
        return PreSharedKeyID(ResumptionPSK(self.usage, self.of.encode(), epoch), nonce)


def made_up(identifiers: Sequence[PreSharedKeyID], state: ClientState) -> PSKStore:
    """All of these: as the client has them, or as it makes them up."""
    known = {key: psk for group in state.groups.values() for key, psk in group.resumption_psks.items()}
    external: dict[bytes, bytes] = {}
    for identifier in identifiers:
        source = identifier.source
        secret = state.rand("psk", state.suite.secret_size)
        if isinstance(source, ExternalPSK):
            external[source.psk_id] = secret
        else:
            known.setdefault((source.psk_group_id, source.psk_epoch), secret)
    return PSKStore(external, known)
