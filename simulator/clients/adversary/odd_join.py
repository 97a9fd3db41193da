"""An external commit that holds more than its operation allows: a PSK, which no member can be expected to have."""

from dataclasses import dataclass

from simulator.clients.client_state import ClientState
from simulator.clients.members import own_leaf
from simulator.clients.operations.external_join import fetch_snapshot
from simulator.clients.operations.operation import Prepared, group_update
from simulator.mls.group import Group
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.services import commands
from simulator.services.names import group_provider

_NAME = b"a secret that only the joiner knows"


@dataclass(frozen=True, slots=True)
class OddJoin:
    """RFC 9420 12.2 allows the PreSharedKey proposal. If the hub does too, no member can follow the commit."""

    group: str

    async def prepare(self, state: ClientState) -> Prepared:
        """As an honest external join, with the PSK in it."""
        snapshot = await fetch_snapshot(state, self.group)
        psk = PreSharedKeyID(ExternalPSK(_NAME), state.rand("psk_nonce", state.suite.secret_size))
        member = state.groups.get(self.group)
        bundle = Group.external_join(
            snapshot.info,
            snapshot.ratchet_tree,
            state.identity,
            state.rand,
            resync=member is not None,
            leaf_extensions=None if member is None else own_leaf(member).extensions,
            psk_ids=(psk,),
            authenticated_data=state.draft.mls.handshake_data,
            psks=PSKStore(external={_NAME: state.rand("psk", state.suite.secret_size)}),
        )
        command = commands.ExternalJoin(group_update(bundle))
        return Prepared(self.group, state.write_as_client(command, group_provider(self.group.encode())), bundle.next)
