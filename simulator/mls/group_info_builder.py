"""Making the GroupInfo of an epoch (RFC 9420 12.4.3)."""

from collections.abc import Sequence
from dataclasses import replace

from simulator.codec import encode
from simulator.mls.extension import Extension, ExtensionType, ExternalPub
from simulator.mls.group_import import RATCHET_TREE, group_info_tbs
from simulator.mls.group_info import GroupInfo
from simulator.mls.member_state import MemberState
from simulator.mls.public_group import PublicGroup


def external_pub_extension(state: MemberState) -> Extension:
    """Where joiners by external Commit encrypt to (RFC 9420 12.4.3.2)."""
    public = state.secrets.external_key_pair().public
    return Extension(ExtensionType.external_pub, encode(ExternalPub(public)))


def ratchet_tree_extension(public: PublicGroup) -> Extension:
    """The tree inside a GroupInfo (RFC 9420 12.4.3.3)."""
    return Extension(ExtensionType.ratchet_tree, RATCHET_TREE.encode(public.ratchet_tree()))


def build_group_info(state: MemberState, extensions: Sequence[Extension]) -> GroupInfo:
    """The GroupInfo of the current epoch with these extensions, signed by this member."""
    public = state.public
    unsigned = GroupInfo(public.context, tuple(extensions), public.confirmation_tag, state.own_index, b"")
    signature = state.identity.sign(state.suite, "GroupInfoTBS", group_info_tbs(unsigned))
    return replace(unsigned, signature=signature)
