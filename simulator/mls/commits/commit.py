"""The Commit, which starts a new epoch, and the UpdatePath it may carry (RFC 9420 7.6, 12.4)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, opaque, struct
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.tree.leaf_node import LeafNode


# RFC 9420 12.4
# enum {
#     reserved(0),
#     proposal(1),
#     reference(2),
#     (255)
# } ProposalOrRefType;
class ProposalOrRefType(Enum8):
    proposal = 1
    reference = 2


# RFC 9420 12.4
# case proposal:  Proposal proposal;
@struct
class ProposalByValue:
    proposal: Proposal


# RFC 9420 12.4
# case reference: ProposalRef reference;
@struct
class ProposalByReference:
    reference: opaque


# RFC 9420 12.4
# struct {
#     ProposalOrRefType type;
#     select (ProposalOrRef.type) {
#         case proposal:  Proposal proposal;
#         case reference: ProposalRef reference;
#     };
# } ProposalOrRef;
ProposalOrRef: TypeAlias = Annotated[
    ProposalByValue | ProposalByReference,
    Tagged(
        ProposalOrRefType,
        {ProposalOrRefType.proposal: ProposalByValue, ProposalOrRefType.reference: ProposalByReference},
    ),
]


# RFC 9420 7.6
# struct {
#     HPKEPublicKey encryption_key;
#     HPKECiphertext encrypted_path_secret<V>;
# } UpdatePathNode;
@struct
class UpdatePathNode:
    encryption_key: opaque
    encrypted_path_secret: tuple[HPKECiphertext, ...]


# RFC 9420 7.6
# struct {
#     LeafNode leaf_node;
#     UpdatePathNode nodes<V>;
# } UpdatePath;
@struct
class UpdatePath:
    leaf_node: LeafNode
    nodes: tuple[UpdatePathNode, ...]


# RFC 9420 12.4
# struct {
#     ProposalOrRef proposals<V>;
#     optional<UpdatePath> path;
# } Commit;
@struct
class Commit:
    proposals: tuple[ProposalOrRef, ...]
    path: UpdatePath | None
