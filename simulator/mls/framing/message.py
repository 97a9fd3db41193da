"""The outermost envelope (RFC 9420 6)."""

from typing import Annotated, TypeAlias

from simulator.codec import Tagged, struct
from simulator.mls.framing.framing import PrivateMessage, PublicMessage, WireFormat
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome import Welcome
from simulator.mls.tree.leaf_node import ProtocolVersion

MessageBody: TypeAlias = Annotated[
    PublicMessage | PrivateMessage | Welcome | GroupInfo | KeyPackage,
    Tagged(
        WireFormat,
        {
            WireFormat.mls_public_message: PublicMessage,
            WireFormat.mls_private_message: PrivateMessage,
            WireFormat.mls_welcome: Welcome,
            WireFormat.mls_group_info: GroupInfo,
            WireFormat.mls_key_package: KeyPackage,
        },
    ),
]


# RFC 9420 6
# struct {
#     ProtocolVersion version = mls10;
#     WireFormat wire_format;
#     select (MLSMessage.wire_format) {
#         case mls_public_message:
#             PublicMessage public_message;
#         case mls_private_message:
#             PrivateMessage private_message;
#         case mls_welcome:
#             Welcome welcome;
#         case mls_group_info:
#             GroupInfo group_info;
#         case mls_key_package:
#             KeyPackage key_package;
#     };
# } MLSMessage;
@struct
class MLSMessage:
    version: ProtocolVersion
    body: MessageBody

    @property
    def group_id(self) -> bytes | None:
        """The group that it is of, where it shows that: a Welcome and a KeyPackage do not."""
        body = self.body
        if isinstance(body, PublicMessage):
            return body.content.group_id
        if isinstance(body, PrivateMessage):
            return body.group_id
        return body.group_context.group_id if isinstance(body, GroupInfo) else None


def mls_message(body: MessageBody) -> MLSMessage:
    """`body` in the envelope of MLS 1.0."""
    return MLSMessage(ProtocolVersion.mls10, body)
