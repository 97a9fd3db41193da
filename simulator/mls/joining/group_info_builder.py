"""Making the GroupInfo of an epoch (RFC 9420 12.4.3)."""

from collections.abc import Sequence
from dataclasses import replace

from simulator.codec import encode
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub
from simulator.mls.joining.group_import import RATCHET_TREE, group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.member_state import MemberState


def group_info_extension(state: MemberState, kind: ExtensionType) -> Extension:
    """The extension of this kind for the current epoch: external_pub (12.4.3.2) or ratchet_tree (12.4.3.3).

    Raises ValueError for a kind that does not describe an epoch.
    """
    if kind is ExtensionType.external_pub:
        return Extension(kind, encode(ExternalPub(state.secrets.external_key_pair().public)))
    if kind is ExtensionType.ratchet_tree:
        return Extension(kind, RATCHET_TREE.encode(state.public.ratchet_tree()))
    raise ValueError(f"{kind.name} is no extension of a GroupInfo")


def build_group_info(state: MemberState, kinds: Sequence[ExtensionType]) -> GroupInfo:
    """The GroupInfo of the current epoch with these extensions, signed by this member."""
    public = state.public
    extensions = tuple(group_info_extension(state, kind) for kind in kinds)
    unsigned = GroupInfo(public.context, extensions, public.confirmation_tag, state.own_index, b"")
    signature = state.identity.sign(state.suite, "GroupInfoTBS", group_info_tbs(unsigned))
    return replace(unsigned, signature=signature)
