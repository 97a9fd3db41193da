"""An external commit that holds what RFC 9420 forbids, or a PSK that no member can have."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.clients.adversary.flaws import spoiler
from simulator.clients.client_state import ClientState
from simulator.clients.members import own_leaf
from simulator.clients.operations.external_join import fetch_snapshot
from simulator.clients.operations.operation import Prepared, group_update
from simulator.dataclass import dataclass
from simulator.drafts.adversary import OddProposals
from simulator.mls.crypto.randomness import Rand
from simulator.mls.group import Group
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.long_work import finish
from simulator.mls.proposals.proposals import ExternalInit, GroupContextExtensions, PreSharedKey, Proposal, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.rules import KEEPS_NOTHING, enforced_by
from simulator.services import commands
from simulator.services.names import group_provider

_NAME = b"a secret that only the joiner knows"

PSK = "psk"


@dataclass(frozen=True, slots=True)
class Oddity:
    """What an external commit has more than it should, or other."""

    proposals: tuple[Proposal, ...] = ()
    references: tuple[bytes, ...] = ()
    """Proposals that wait in the group; the joiner's old leaf is then removed by one of them, if by anything."""
    rand: Rand | None = None
    """Where the joiner's keys come from."""


Spoil = Callable[[ClientState, PublicGroup], Oddity]


@dataclass(frozen=True, slots=True)
class OddJoin:
    """An external commit with a flaw, one of `FLAWS` or of the draft's proposals. RFC 9420 12.2 allows the PreSharedKey
    proposal: if the hub does too, no member can follow the commit.
    """

    group: str
    flaw: str = PSK

    async def prepare(self, state: ClientState) -> Prepared:
        """As an honest external join, with something more in it. Raises Misuse for an unknown flaw."""
        of_draft = state.draft.adversary.proposals.get(self.flaw)
        spoil = spoiler(FLAWS, self.flaw, "external commit") if of_draft is None else _proposing(of_draft)
        snapshot = await fetch_snapshot(state, self.group)
        member = state.groups.get(self.group)
        with enforced_by(KEEPS_NOTHING):
            public = PublicGroup.from_group_info(snapshot.info, snapshot.ratchet_tree, None)
            public = public.with_components(state.draft.mls.components)
            odd = spoil(state, public)
            if member is not None:
                public = replace(public, proposals=member.public.proposals)
            joining = Group.external_joining(
                snapshot.info,
                public,
                state.identity,
                odd.rand or state.rand,
                resync=member is not None and not odd.references,
                leaf_extensions=None if member is None else own_leaf(member).extensions,
                proposals=odd.proposals,
                references=odd.references,
                authenticated_data=state.draft.mls.handshake_data,
                psks=PSKStore(external={_NAME: state.rand("psk", state.suite.secret_size)}),
            )
            bundle = finish(joining)
        command = commands.ExternalJoin(group_update(bundle))
        return Prepared(self.group, state.write_as_client(command, group_provider(self.group.encode())), bundle.next)


def _proposing(proposals: OddProposals) -> Spoil:
    """What proposes what a draft does not allow."""
    return lambda state, public: Oddity(tuple(proposals(public, state.uri)))


def psk(state: ClientState, public: PublicGroup) -> Oddity:
    """A PSK is injected that the joiner has just made up."""
    nonce = state.rand("psk_nonce", state.suite.secret_size)
    return Oddity((PreSharedKey(PreSharedKeyID(ExternalPSK(_NAME), nonce)),))


def removes_another(state: ClientState, public: PublicGroup) -> Oddity:
    """Somebody else than the joiner is removed."""
    return Oddity((Remove(_others(state, public)[0]),))


def removes_two(state: ClientState, public: PublicGroup) -> Oddity:
    """Two others are removed."""
    return Oddity(tuple(Remove(leaf) for leaf in _others(state, public)[:2]))


def removes_one_twice(state: ClientState, public: PublicGroup) -> Oddity:
    """Somebody else is removed twice."""
    return Oddity((Remove(_others(state, public)[0]), Remove(_others(state, public)[0])))


def two_external_inits(state: ClientState, public: PublicGroup) -> Oddity:
    """The secret to begin with is sent twice."""
    return Oddity((ExternalInit(state.rand("odd_external_init", state.suite.kem.public_size)),))


def self_remove_by_value(state: ClientState, public: PublicGroup) -> Oddity:
    """A SelfRemove is in the commit itself, so that nobody knows whose it is."""
    return Oddity((SelfRemove(),))


def new_context(state: ClientState, public: PublicGroup) -> Oddity:
    """The joiner sets the extensions of the group's context."""
    return Oddity((GroupContextExtensions(public.context.extensions),))


def removal_by_reference(state: ClientState, public: PublicGroup) -> Oddity:
    """The joiner's old leaf is removed by its own proposal, which waits in the group."""
    member = state.group(public.group_id.decode())
    waiting = member.public.proposals.values()
    return Oddity(references=tuple(each.reference for each in waiting if each.proposal == Remove(member.own_index)))


def leaf_key_again(state: ClientState, public: PublicGroup) -> Oddity:
    """The leaf has the same encryption key whenever the client joins so."""

    def rand(purpose: str, n: int) -> bytes:
        return bytes(n) if purpose == "leaf_key" else state.rand(purpose, n)

    return Oddity(rand=rand)


FLAWS: Mapping[str, Spoil] = {
    each.__name__: each
    for each in (
        psk,
        removes_another,
        removes_two,
        removes_one_twice,
        two_external_inits,
        new_context,
        self_remove_by_value,
        removal_by_reference,
        leaf_key_again,
    )
}
"""What can be wrong with an external commit, by name; the docstring is the meaning."""


def _others(state: ClientState, public: PublicGroup) -> list[int]:
    """The leaves of other clients."""
    own = state.identity.credential
    return [member.leaf_index for member in public.members() if member.leaf_node.credential != own]
