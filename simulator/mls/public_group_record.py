"""How a `PublicGroup` is stored. Ours: no RFC defines it."""

from simulator.codec import opaque, struct
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.proposal_list import StoredProposal
from simulator.mls.proposals.proposals import ReInit


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
    """`ratchet_tree` has its nodes encoded: most are what they were in the epoch before, and were encoded then."""

    context: GroupContext
    ratchet_tree: opaque
    interim_transcript_hash: opaque
    confirmation_tag: opaque
    proposals: tuple[StoredProposal, ...]
    reinit: ReInit | None
