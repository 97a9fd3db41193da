"""How a `PublicGroup` is stored. Ours: no RFC defines it."""

from simulator.codec import opaque, struct
from simulator.mls.group_context import GroupContext
from simulator.mls.node import Node
from simulator.mls.proposal_list import StoredProposal
from simulator.mls.proposals import ReInit


# struct {
#     GroupContext context;
#     optional<Node> ratchet_tree<V>;
#     opaque interim_transcript_hash<V>;
#     opaque confirmation_tag<V>;
#     StoredProposal proposals<V>;
#     optional<ReInit> reinit;
# } PublicGroupRecord;
@struct
class PublicGroupRecord:
    context: GroupContext
    ratchet_tree: tuple[Node | None, ...]
    interim_transcript_hash: opaque
    confirmation_tag: opaque
    proposals: tuple[StoredProposal, ...]
    reinit: ReInit | None
