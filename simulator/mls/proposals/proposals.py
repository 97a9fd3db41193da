"""The changes one can propose to a group: those of RFC 9420 12.1, and the registry of all."""

from typing import Annotated, Any, TypeAlias

from simulator.codec import Enum16, Tagged, opaque, struct, uint16, uint32
from simulator.dataclass import dataclass
from simulator.mls.extensions.extension import Extension
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.key_schedule.psk import PreSharedKeyID
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.leaf_node import LeafNode


# RFC 9420 12.1, 17.4; draft-ietf-mls-extensions, IANA Considerations
# uint16 ProposalType;
class ProposalType(Enum16):
    add = 1
    update = 2
    remove = 3
    psk = 4
    reinit = 5
    external_init = 6
    group_context_extensions = 7
    app_data_update = 8
    self_remove = 10


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredProposal:
    """A line of the registry of proposal types (RFC 9420 17.4), and what the RFC says elsewhere of each type."""

    number: ProposalType
    struct: type[Any]
    external: bool = False
    """Whether an external sender may propose it (RFC 9420 12.1.8)."""
    path_required: bool = False
    """Whether a Commit that covers one needs a path (RFC 9420 12.4)."""
    external_commit: bool = False
    """Whether an external Commit may hold it (RFC 9420 12.4.3.2)."""
    reference_only: bool = False
    """Whether a Commit may only refer to it, an external one too."""
    default: bool = True
    """Whether everybody supports it without a word in the capabilities (RFC 9420 7.2)."""


REGISTRY = (
    RegisteredProposal(number=ProposalType.add, struct=Add, external=True),
    RegisteredProposal(number=ProposalType.update, struct=Update, path_required=True),
    RegisteredProposal(
        number=ProposalType.remove, struct=Remove, external=True, path_required=True, external_commit=True
    ),
    RegisteredProposal(number=ProposalType.psk, struct=PreSharedKey, external=True, external_commit=True),
    RegisteredProposal(number=ProposalType.reinit, struct=ReInit, external=True),
    RegisteredProposal(
        number=ProposalType.external_init, struct=ExternalInit, path_required=True, external_commit=True
    ),
    RegisteredProposal(
        number=ProposalType.group_context_extensions,
        struct=GroupContextExtensions,
        external=True,
        path_required=True,
    ),
    RegisteredProposal(
        number=ProposalType.app_data_update, struct=AppDataUpdate, external=True, external_commit=True, default=False
    ),
    RegisteredProposal(
        number=ProposalType.self_remove,
        struct=SelfRemove,
        path_required=True,
        external_commit=True,
        reference_only=True,
        default=False,
    ),
)
"""Every proposal type there is here."""


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
#         case app_data_update:          AppDataUpdate;
#         case self_remove:              SelfRemove;
#     };
# } Proposal;
Proposal: TypeAlias = Annotated[
    Add | Update | Remove | PreSharedKey | ReInit | ExternalInit | GroupContextExtensions | AppDataUpdate | SelfRemove,
    Tagged(ProposalType, {line.number: line.struct for line in REGISTRY}),
]

_NUMBERS = {line.struct: line.number for line in REGISTRY}

DEFAULT_PROPOSAL_TYPES = frozenset(line.number for line in REGISTRY if line.default)
"""Supported by everybody and never listed in capabilities (RFC 9420 7.2)."""

EXTERNAL_PROPOSALS = tuple(line.struct for line in REGISTRY if line.external)
"""What an external sender may propose (RFC 9420 12.1.8)."""

PATH_REQUIRED = tuple(line.struct for line in REGISTRY if line.path_required)
"""A Commit that covers one of these needs a path (RFC 9420 12.4)."""

EXTERNAL_COMMIT_PROPOSALS = tuple(line.struct for line in REGISTRY if line.external_commit)
"""What an external Commit may hold (RFC 9420 12.2)."""

REFERENCE_ONLY = tuple(line.struct for line in REGISTRY if line.reference_only)
"""What a Commit may only refer to; in an external Commit nothing else stands by reference."""


def proposal_type(proposal: Proposal) -> ProposalType:
    """The number of a proposal's type."""
    return _NUMBERS[type(proposal)]
