"""The seven changes one can propose to a group (RFC 9420 12.1)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum16, Tagged, opaque, struct, uint16, uint32
from simulator.mls.extension import Extension
from simulator.mls.key_package import KeyPackage
from simulator.mls.leaf_node import LeafNode
from simulator.mls.psk import PreSharedKeyID


# RFC 9420 12.1, 17.4
# uint16 ProposalType;
class ProposalType(Enum16):
    add = 1
    update = 2
    remove = 3
    psk = 4
    reinit = 5
    external_init = 6
    group_context_extensions = 7


DEFAULT_PROPOSAL_TYPES = frozenset(ProposalType)
"""Supported by everybody and never listed in capabilities (RFC 9420 7.2)."""


# RFC 9420 12.1.1
# struct {
#     KeyPackage key_package;
# } Add;
@struct
class Add:
    key_package: KeyPackage


# RFC 9420 12.1.2
# struct {
#     LeafNode leaf_node;
# } Update;
@struct
class Update:
    leaf_node: LeafNode


# RFC 9420 12.1.3
# struct {
#     uint32 removed;
# } Remove;
@struct
class Remove:
    """`removed` is a leaf index."""

    removed: uint32


# RFC 9420 12.1.4
# struct {
#     PreSharedKeyID psk;
# } PreSharedKey;
@struct
class PreSharedKey:
    psk: PreSharedKeyID


# RFC 9420 12.1.5
# struct {
#     opaque group_id<V>;
#     ProtocolVersion version;
#     CipherSuite cipher_suite;
#     Extension extensions<V>;
# } ReInit;
@struct
class ReInit:
    group_id: opaque
    version: uint16
    cipher_suite: uint16
    extensions: tuple[Extension, ...]


# RFC 9420 12.1.6
# struct {
#     opaque kem_output<V>;
# } ExternalInit;
@struct
class ExternalInit:
    kem_output: opaque


# RFC 9420 12.1.7
# struct {
#     Extension extensions<V>;
# } GroupContextExtensions;
@struct
class GroupContextExtensions:
    extensions: tuple[Extension, ...]


# RFC 9420 12.1
# struct {
#     ProposalType proposal_type;
#     select (Proposal.proposal_type) {
#         case add:                      Add;
#         case update:                   Update;
#         case remove:                   Remove;
#         case psk:                      PreSharedKey;
#         case reinit:                   ReInit;
#         case external_init:            ExternalInit;
#         case group_context_extensions: GroupContextExtensions;
#     };
# } Proposal;
Proposal: TypeAlias = Annotated[
    Add | Update | Remove | PreSharedKey | ReInit | ExternalInit | GroupContextExtensions,
    Tagged(
        ProposalType,
        {
            ProposalType.add: Add,
            ProposalType.update: Update,
            ProposalType.remove: Remove,
            ProposalType.psk: PreSharedKey,
            ProposalType.reinit: ReInit,
            ProposalType.external_init: ExternalInit,
            ProposalType.group_context_extensions: GroupContextExtensions,
        },
    ),
]

EXTERNAL_PROPOSALS = (Add, Remove, PreSharedKey, ReInit, GroupContextExtensions)
"""What an external sender may propose (RFC 9420 12.1.8)."""

PATH_REQUIRED = (Update, Remove, ExternalInit, GroupContextExtensions)
"""A Commit that covers one of these needs a path (RFC 9420 12.4)."""
