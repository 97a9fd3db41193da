"""What the hub fans out to a follower ([P] 5.5)."""

from typing import Annotated

from simulator.codec import When, struct, uint64
from simulator.drafts.mimi_protocol_06.messages.common import Frank, RatchetTreeOption
from simulator.drafts.mimi_protocol_06.messages.update import PROPOSALS
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.framing import ContentType
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.welcome import Welcome


# case PrivateMessage, application:
#     optional<Frank> frank;
@struct
class FannedOutMessage:
    """What comes with an application message."""

    frank: Frank | None


# struct {
#     uint64 timestamp;
#     MLSMessage message;
#     select (message) {
#         case PrivateMessage, application: optional<Frank> frank;
#         case Welcome:                     RatchetTreeOption ratchetTreeOption;
#         case PublicMessage, proposal:     MLSMessage moreProposals<V>;
#         case PublicMessage, commit:       MLSMessage externalProposals<V>;
#     };
# } FanoutMessage;                   /* a body is one or more, back to back; no Protocol octet */
@struct
class FanoutMessage:
    timestamp: uint64
    message: MLSMessage
    application: Annotated[FannedOutMessage | None, When("message.body.content_type", ContentType.application)] = None
    ratchet_tree_option: Annotated[RatchetTreeOption | None, When("message.body", Welcome)] = None
    more_proposals: Annotated[tuple[MLSMessage, ...] | None, When("message.body.content.content", *PROPOSALS)] = None
    external_proposals: Annotated[tuple[MLSMessage, ...] | None, When("message.body.content.content", Commit)] = None
