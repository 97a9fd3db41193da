"""An external commit that holds more than it may: what RFC 9420 forbids, or a PSK that no member can have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simulator.clients.adversary.flaws import spoiler
from simulator.clients.client_state import ClientState
from simulator.clients.members import own_leaf
from simulator.clients.operations.external_join import fetch_snapshot
from simulator.clients.operations.operation import Prepared, group_update
from simulator.mls.group import Group
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.long_work import finish
from simulator.mls.proposals.proposals import ExternalInit, GroupContextExtensions, PreSharedKey, Proposal, Remove
from simulator.mls.public_group import PublicGroup
from simulator.rules import KEEPS_NOTHING, enforced_by
from simulator.services import commands
from simulator.services.names import group_provider

_NAME = b"a secret that only the joiner knows"

PSK = "psk"

Oddity = Callable[[ClientState, PublicGroup], Sequence[Proposal]]


@dataclass(frozen=True, slots=True)
class OddJoin:
    """An external commit with a flaw, one of `FLAWS`. RFC 9420 12.2 allows the PreSharedKey proposal: if the hub does
    too, no member can follow the commit.
    """

    group: str
    flaw: str = PSK

    async def prepare(self, state: ClientState) -> Prepared:
        """As an honest external join, with something more in it. Raises SimulatorError for an unknown flaw."""
        odd = spoiler(FLAWS, self.flaw, "external commit")
        snapshot = await fetch_snapshot(state, self.group)
        member = state.groups.get(self.group)
        with enforced_by(KEEPS_NOTHING):
            public = PublicGroup.from_group_info(snapshot.info, snapshot.ratchet_tree, None)
            joining = Group.external_joining(
                snapshot.info,
                public,
                state.identity,
                state.rand,
                resync=member is not None,
                leaf_extensions=None if member is None else own_leaf(member).extensions,
                proposals=odd(state, public),
                authenticated_data=state.draft.mls.handshake_data,
                psks=PSKStore(external={_NAME: state.rand("psk", state.suite.secret_size)}),
            )
            bundle = finish(joining)
        command = commands.ExternalJoin(group_update(bundle))
        return Prepared(self.group, state.write_as_client(command, group_provider(self.group.encode())), bundle.next)


def psk(state: ClientState, public: PublicGroup) -> Sequence[Proposal]:
    """A PSK is injected that the joiner has just made up."""
    nonce = state.rand("psk_nonce", state.suite.secret_size)
    return (PreSharedKey(PreSharedKeyID(ExternalPSK(_NAME), nonce)),)


def removes_another(state: ClientState, public: PublicGroup) -> Sequence[Proposal]:
    """Somebody else than the joiner is removed."""
    return (Remove(_others(state, public)[0]),)


def removes_two(state: ClientState, public: PublicGroup) -> Sequence[Proposal]:
    """Two others are removed."""
    return tuple(Remove(leaf) for leaf in _others(state, public)[:2])


def removes_one_twice(state: ClientState, public: PublicGroup) -> Sequence[Proposal]:
    """Somebody else is removed twice."""
    return (Remove(_others(state, public)[0]), Remove(_others(state, public)[0]))


def two_external_inits(state: ClientState, public: PublicGroup) -> Sequence[Proposal]:
    """The secret to begin with is sent twice."""
    return (ExternalInit(state.rand("odd_external_init", state.suite.kem.public_size)),)


def new_context(state: ClientState, public: PublicGroup) -> Sequence[Proposal]:
    """The joiner sets the extensions of the group's context."""
    return (GroupContextExtensions(public.context.extensions),)


FLAWS: Mapping[str, Oddity] = {
    each.__name__: each
    for each in (psk, removes_another, removes_two, removes_one_twice, two_external_inits, new_context)
}
"""What can be wrong with an external commit, by name; the docstring is the meaning."""


def _others(state: ClientState, public: PublicGroup) -> list[int]:
    """The leaves of other clients."""
    own = state.identity.credential
    return [member.leaf_index for member in public.members() if member.leaf_node.credential != own]
