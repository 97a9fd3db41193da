"""The frame around proposals, commits and application data (RFC 9420 6)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Enum16, Fixed, Tagged, When, opaque, struct, uint32, uint64
from simulator.mls.commits.commit import Commit
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.tree.leaf_node import ProtocolVersion


# RFC 9420 6, 17.2
# uint16 WireFormat;
class WireFormat(Enum16):
    mls_public_message = 1
    mls_private_message = 2
    mls_welcome = 3
    mls_group_info = 4
    mls_key_package = 5


# RFC 9420 6
# enum {
#     reserved(0),
#     application(1),
#     proposal(2),
#     commit(3),
#     (255)
# } ContentType;
class ContentType(Enum8):
    application = 1
    proposal = 2
    commit = 3


# RFC 9420 6
# enum {
#     reserved(0),
#     member(1),
#     external(2),
#     new_member_proposal(3),
#     new_member_commit(4),
#     (255)
# } SenderType;
class SenderType(Enum8):
    member = 1
    external = 2
    new_member_proposal = 3
    new_member_commit = 4


# RFC 9420 6
# case member:
#     uint32 leaf_index;
@struct
class MemberSender:
    leaf_index: uint32


# RFC 9420 6
# case external:
#     uint32 sender_index;
@struct
class ExternalSender:
    """`sender_index` counts the entries of the external_senders extension."""

    sender_index: uint32


# RFC 9420 6
# case new_member_proposal:
#     struct{};
@struct
class NewMemberProposalSender:
    pass


# RFC 9420 6
# case new_member_commit:
#     struct{};
@struct
class NewMemberCommitSender:
    pass


# RFC 9420 6
# struct {
#     SenderType sender_type;
#     select (Sender.sender_type) {
#         case member:
#             uint32 leaf_index;
#         case external:
#             uint32 sender_index;
#         case new_member_commit:
#         case new_member_proposal:
#             struct{};
#     };
# } Sender;
Sender: TypeAlias = Annotated[
    MemberSender | ExternalSender | NewMemberProposalSender | NewMemberCommitSender,
    Tagged(
        SenderType,
        {
            SenderType.member: MemberSender,
            SenderType.external: ExternalSender,
            SenderType.new_member_proposal: NewMemberProposalSender,
            SenderType.new_member_commit: NewMemberCommitSender,
        },
    ),
]


# RFC 9420 6
# case application:
#     opaque application_data<V>;
@struct
class ApplicationData:
    data: opaque


# RFC 9420 6
# ContentType content_type;
# select (FramedContent.content_type) {
#     case application:
#         opaque application_data<V>;
#     case proposal:
#         Proposal proposal;
#     case commit:
#         Commit commit;
# };
Content: TypeAlias = Annotated[
    ApplicationData | Proposal | Commit,
    Tagged(
        ContentType,
        {
            ContentType.application: ApplicationData,
            ContentType.proposal: Proposal,
            ContentType.commit: Commit,
        },
    ),
]


# RFC 9420 6
# struct {
#     opaque group_id<V>;
#     uint64 epoch;
#     Sender sender;
#     opaque authenticated_data<V>;
#     ContentType content_type;
#     select (FramedContent.content_type) {
#         case application:
#             opaque application_data<V>;
#         case proposal:
#             Proposal proposal;
#         case commit:
#             Commit commit;
#     };
# } FramedContent;
@struct
class FramedContent:
    group_id: opaque
    epoch: uint64
    sender: Sender
    authenticated_data: opaque
    content: Content


# RFC 9420 6
# struct {
#     WireFormat wire_format;
#     FramedContent content;
#     FramedContentAuthData auth;
# } AuthenticatedContent;
#
# RFC 9420 6.1 (inlined here and in PublicMessage)
# struct {
#     /* SignWithLabel(., "FramedContentTBS", FramedContentTBS) */
#     opaque signature<V>;
#     select (FramedContent.content_type) {
#         case commit:
#             MAC confirmation_tag;
#         case application:
#         case proposal:
#             struct{};
#     };
# } FramedContentAuthData;
@struct
class AuthenticatedContent:
    wire_format: WireFormat
    content: FramedContent
    signature: opaque
    confirmation_tag: Annotated[opaque | None, When("content.content", Commit)]


# RFC 9420 6.1
# struct {
#     ProtocolVersion version = mls10;
#     WireFormat wire_format;
#     FramedContent content;
#     select (FramedContentTBS.content.sender.sender_type) {
#         case member:
#         case new_member_commit:
#             GroupContext context;
#         case external:
#         case new_member_proposal:
#             struct{};
#     };
# } FramedContentTBS;
@struct
class FramedContentTBS:
    version: ProtocolVersion
    wire_format: WireFormat
    content: FramedContent
    context: Annotated[GroupContext | None, When("content.sender", MemberSender, NewMemberCommitSender)]


# RFC 9420 6.2
# struct {
#     FramedContentTBS content_tbs;
#     FramedContentAuthData auth;
# } AuthenticatedContentTBM;
@struct
class AuthenticatedContentTBM:
    content_tbs: FramedContentTBS
    signature: opaque
    confirmation_tag: Annotated[opaque | None, When("content_tbs.content.content", Commit)]


# RFC 9420 6.2
# struct {
#     FramedContent content;
#     FramedContentAuthData auth;
#     select (PublicMessage.content.sender.sender_type) {
#         case member:
#             MAC membership_tag;
#         case external:
#         case new_member_commit:
#         case new_member_proposal:
#             struct{};
#     };
# } PublicMessage;
@struct
class PublicMessage:
    content: FramedContent
    signature: opaque
    confirmation_tag: Annotated[opaque | None, When("content.content", Commit)]
    membership_tag: Annotated[opaque | None, When("content.sender", MemberSender)]


# RFC 9420 6.3
# struct {
#     opaque group_id<V>;
#     uint64 epoch;
#     ContentType content_type;
#     opaque authenticated_data<V>;
#     opaque encrypted_sender_data<V>;
#     opaque ciphertext<V>;
# } PrivateMessage;
@struct
class PrivateMessage:
    group_id: opaque
    epoch: uint64
    content_type: ContentType
    authenticated_data: opaque
    encrypted_sender_data: opaque
    ciphertext: opaque


# RFC 9420 6.3.1
# struct {
#     select (PrivateMessage.content_type) {
#         case application:
#             opaque application_data<V>;
#         case proposal:
#             Proposal proposal;
#         case commit:
#             Commit commit;
#     };
#     FramedContentAuthData auth;
#     opaque padding[length_of_padding];
# } PrivateMessageContent;
#
# One struct per content type; the padding follows them and has no length of its own.
@struct
class PrivateApplicationContent:
    content: ApplicationData
    signature: opaque


@struct
class PrivateProposalContent:
    content: Proposal
    signature: opaque


@struct
class PrivateCommitContent:
    content: Commit
    signature: opaque
    confirmation_tag: opaque


# RFC 9420 6.3.1
# struct {
#     opaque group_id<V>;
#     uint64 epoch;
#     ContentType content_type;
#     opaque authenticated_data<V>;
# } PrivateContentAAD;
@struct
class PrivateContentAAD:
    group_id: opaque
    epoch: uint64
    content_type: ContentType
    authenticated_data: opaque


# RFC 9420 6.3.2
# struct {
#     uint32 leaf_index;
#     uint32 generation;
#     opaque reuse_guard[4];
# } SenderData;
@struct
class SenderData:
    leaf_index: uint32
    generation: uint32
    reuse_guard: Annotated[bytes, Fixed(4)]


# RFC 9420 6.3.2
# struct {
#     opaque group_id<V>;
#     uint64 epoch;
#     ContentType content_type;
# } SenderDataAAD;
@struct
class SenderDataAAD:
    group_id: opaque
    epoch: uint64
    content_type: ContentType
