"""Handshake messages from a member's provider to the hub, and its answer ([P] 5.3)."""

from typing import Annotated

from simulator.codec import Enum8, When, opaque, struct, uint64, utf8
from simulator.drafts.mimi_protocol_06.messages.common import GroupInfoOption, RatchetTreeOption
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import REGISTRY

PROPOSALS = tuple(line.struct for line in REGISTRY)
"""The classes of all proposals: the cases of content type proposal."""


# case commit:
#     optional<Welcome> welcome;
#     GroupInfoOption groupInfoOption;
#     RatchetTreeOption ratchetTreeOption;
@struct
class CommitBundle:
    """What comes with a commit."""

    welcome: Welcome | None
    group_info_option: GroupInfoOption
    ratchet_tree_option: RatchetTreeOption


# struct {
#     MLSMessage proposalOrCommit;
#     select (content_type) {                        /* that of the PublicMessage's FramedContent */
#         case commit:
#             optional<Welcome> welcome;
#             GroupInfoOption groupInfoOption;
#             RatchetTreeOption ratchetTreeOption;
#         case proposal:
#             MLSMessage moreProposals<V>;
#     };
# } HandshakeBundle;
@struct
class HandshakeBundle:
    proposal_or_commit: MLSMessage
    commit: Annotated[CommitBundle | None, When("proposal_or_commit.body.content.content", Commit)] = None
    more_proposals: Annotated[
        tuple[MLSMessage, ...] | None, When("proposal_or_commit.body.content.content", *PROPOSALS)
    ] = None


# struct { HandshakeBundle bundle; } UpdateRequest;                          /* no Protocol octet */
@struct
class UpdateRequest:
    bundle: HandshakeBundle
    ENVELOPE = "bundle"


# enum { success(0), wrongEpoch(1), notAllowed(2), invalidProposal(3), (255) } UpdateResponseCode;
class UpdateResponseCode(Enum8):
    success = 0
    wrong_epoch = 1
    not_allowed = 2
    invalid_proposal = 3


# struct {
#     UpdateResponseCode responseCode;
#     opaque errorDescription<V>;
#     select (responseCode) {
#         case success:         uint64 accepted_timestamp;
#         case wrongEpoch:      uint64 currentEpoch;
#         case notAllowed:      struct {};
#         case invalidProposal: ProposalRef invalidProposals<V>;
#     };
# } UpdateRoomResponse;                                                      /* no Protocol octet */
@struct
class UpdateRoomResponse:
    response_code: UpdateResponseCode
    error_description: utf8
    accepted_timestamp: Annotated[uint64 | None, When("response_code", UpdateResponseCode.success)] = None
    current_epoch: Annotated[uint64 | None, When("response_code", UpdateResponseCode.wrong_epoch)] = None
    invalid_proposals: Annotated[
        tuple[opaque, ...] | None, When("response_code", UpdateResponseCode.invalid_proposal)
    ] = None
