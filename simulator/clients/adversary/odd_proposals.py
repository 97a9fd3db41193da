"""Proposals that RFC 9420 does not allow in a Commit, or not together: whoever follows the group has to tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from simulator.clients.adversary.made_up import made_up_key_package
from simulator.clients.adversary.odd_successor import UNKNOWN_EXTENSION
from simulator.clients.client_state import ClientState
from simulator.clients.key_packages.key_stock import KeyStock
from simulator.codec import encode
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary, ComponentData
from simulator.mls.extensions.components import Component, Components
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.group import Group
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentRemoval
from simulator.mls.proposals.context_extensions import MOST_OCTETS
from simulator.mls.proposals.proposals import (
    Add,
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    Proposal,
    ReInit,
    Remove,
    Update,
)
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import LeafPlace, ProtocolVersion, UpdateSource
from simulator.mls.tree.leaf_validation import sign_leaf_node
from simulator.mls.tree.node import ParentNode
from simulator.services.members import client_of

Oddity = Callable[[ClientState, Group], Sequence[Proposal]]

_LARGE = Extension(UNKNOWN_EXTENSION, bytes(MOST_OCTETS + 1))


_COMPONENT = 0x8ABC

COMPONENTS: Components = {_COMPONENT: Component(lambda _, updates: updates[-1], removable=True)}
"""What the committer takes for a component of its application, and nobody else does."""


def own_update(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The committer updates its own leaf by a proposal."""
    return (_update(state, group, state.suite.generate_hpke_key_pair(state.rand, "odd_update").public),)


def update_with_old_key(state: ClientState, group: Group) -> Sequence[Proposal]:
    """An Update leaves its sender the encryption key that it has."""
    return (_update(state, group, group.own_leaf.encryption_key),)


def own_remove(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The committer removes itself, and has a leaf by the path all the same."""
    return (Remove(group.own_index),)


def removed_twice(state: ClientState, group: Group) -> Sequence[Proposal]:
    """Somebody is removed twice."""
    other = next(member.leaf_index for member in group.public.members() if member.leaf_index != group.own_index)
    return (Remove(other), Remove(other))


def contexts_twice(state: ClientState, group: Group) -> Sequence[Proposal]:
    """Two proposals set the extensions of the group's context."""
    same = GroupContextExtensions(group.public.context.extensions)
    return (same, same)


def misplaced_extension(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The group's context gets an extension that belongs elsewhere."""
    return (_with(group, Extension(ExtensionType.external_pub, b"")),)


def context_extension_twice(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The group's context gets an extension twice."""
    return (_with(group, *group.public.context.extensions[:1]),)


def unsupported_extension(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The group's context gets an extension that no member supports."""
    return (_with(group, Extension(UNKNOWN_EXTENSION, b"")),)


def large_context(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The group's context gets an extension that is larger than all of them may be."""
    return (_with(group, _LARGE),)


def reinit_with_another(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A ReInit is not alone in its commit."""
    return (_reinit(group), GroupContextExtensions(group.public.context.extensions))


def backward_reinit(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A ReInit goes back to a version of MLS before the first."""
    return (replace(_reinit(group), version=0),)


def misplaced_external_init(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A member commits what only who joins from outside may commit."""
    return (ExternalInit(state.rand("odd_external_init", state.suite.kem.public_size)),)


def psk_twice(state: ClientState, group: Group) -> Sequence[Proposal]:
    """One PSK is injected twice."""
    psk = PreSharedKey(PreSharedKeyID(ExternalPSK(b"the same"), state.rand("psk_nonce", state.suite.secret_size)))
    return (psk, psk)


def short_psk_nonce(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The nonce of a PSK is shorter than it has to be."""
    return (PreSharedKey(PreSharedKeyID(ExternalPSK(b"short"), b"short")),)


def late_psk(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A PSK that is for the first commit of a group that follows another is injected later."""
    source = ResumptionPSK(ResumptionPSKUsage.branch, group.group_id, group.epoch)
    return (PreSharedKey(PreSharedKeyID(source, state.rand("psk_nonce", state.suite.secret_size))),)


def client_twice(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A client is added that is a member, with keys that the committer has made up."""
    other = next(member for member in group.public.members() if member.leaf_index != group.own_index)
    return (Add(made_up_key_package(state, client_of(other.leaf_node))),)


def signature_key_twice(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A client is added that has the committer's own signature key."""
    second = replace(state.identity, credential=BasicCredential(f"{state.uri}-again".encode()))
    return (Add(KeyStock(second, state.suite, state.rand, state.draft.mls).make(state.now())),)


def leaf_key_of_member(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A client is added whose leaf has the encryption key of a member's."""
    return (_add_with_key(state, group.own_leaf.encryption_key),)


def leaf_key_of_parent(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A client is added whose leaf has the encryption key of a parent, if there is one that is not blank."""
    parents = (node for node in group.public.ratchet_tree() if isinstance(node, ParentNode))
    return tuple(_add_with_key(state, parent.encryption_key) for parent in islice(parents, 1))


def package_of_another_suite(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A client is added by a KeyPackage for another cipher suite than the group's."""
    made = made_up_key_package(state, f"{state.uri}-again")
    return (Add(replace(made, cipher_suite=3 if made.cipher_suite != 3 else 1)),)


def unknown_kind(state: ClientState, group: Group) -> Sequence[Proposal]:
    """A proposal is a SelfRemove, of a kind that members need not support."""
    return (SelfRemove(),)


def _update(state: ClientState, group: Group, key: bytes) -> Update:
    unsigned = replace(group.own_leaf, encryption_key=key, source=UpdateSource())
    place = LeafPlace(group.group_id, group.own_index)
    return Update(sign_leaf_node(state.suite, state.identity.signature_private_key, unsigned, place))


def _add_with_key(state: ClientState, key: bytes) -> Add:
    """Of a client that the committer makes up: nobody needs the private key to make a leaf with a public one."""
    return Add(made_up_key_package(state, f"{state.uri}-again", key))


def unsorted_dictionary(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The group's context gets data of components that are not in order."""
    return (_instead(group, _dictionary(_COMPONENT + 1, _COMPONENT)),)


def new_dictionary(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The group's context gets data of a component by a proposal that sets all extensions."""
    return (_instead(group, _dictionary(_COMPONENT)),)


def removed_component(state: ClientState, group: Group) -> Sequence[Proposal]:
    """The data of a component of which nobody has heard are removed twice, and there are none."""
    removal = AppDataUpdate(_COMPONENT, ComponentRemoval())
    return (removal, removal)


def _dictionary(*components: int) -> Extension:
    entries = tuple(ComponentData(component, b"?") for component in components)
    return Extension(ExtensionType.app_data_dictionary, encode(AppDataDictionary(entries)))


def _with(group: Group, *more: Extension) -> GroupContextExtensions:
    return GroupContextExtensions((*group.public.context.extensions, *more))


def _instead(group: Group, new: Extension) -> GroupContextExtensions:
    """All extensions, with this one instead of any of its type."""
    kept = (each for each in group.public.context.extensions if each.extension_type != new.extension_type)
    return GroupContextExtensions((*kept, new))


def _reinit(group: Group) -> ReInit:
    context = group.public.context
    return ReInit(context.group_id + b"-next", ProtocolVersion.mls10, context.cipher_suite, context.extensions)


FLAWS: Mapping[str, Oddity] = {
    each.__name__: each
    for each in (
        own_update,
        update_with_old_key,
        own_remove,
        removed_twice,
        contexts_twice,
        misplaced_extension,
        context_extension_twice,
        unsupported_extension,
        large_context,
        reinit_with_another,
        backward_reinit,
        misplaced_external_init,
        psk_twice,
        short_psk_nonce,
        late_psk,
        client_twice,
        signature_key_twice,
        leaf_key_of_member,
        leaf_key_of_parent,
        package_of_another_suite,
        unknown_kind,
        unsorted_dictionary,
        new_dictionary,
        removed_component,
    )
}
"""What can be wrong with the proposals of a commit, by name; the docstring is the meaning."""
