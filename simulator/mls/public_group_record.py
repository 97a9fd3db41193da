"""How a `PublicGroup` is stored. Ours: no RFC defines it."""

from simulator.codec import opaque, struct
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.proposal_list import StoredProposal
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.tree.node import Node


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
