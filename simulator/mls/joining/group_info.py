"""What a newcomer learns about the group it joins (RFC 9420 12.4.3)."""

from simulator.codec import opaque, struct, uint32
from simulator.mls.extensions.extension import Extension
from simulator.mls.key_schedule.group_context import GroupContext


# RFC 9420 12.4.3
# struct {
#     GroupContext group_context;
#     Extension extensions<V>;
#     MAC confirmation_tag;
#     uint32 signer;
#     /* SignWithLabel(., "GroupInfoTBS", GroupInfoTBS) */
#     opaque signature<V>;
# } GroupInfo;
@struct
class GroupInfo:
    """`signer` is a leaf index."""

    group_context: GroupContext
    extensions: tuple[Extension, ...]
    confirmation_tag: opaque
    signer: uint32
    signature: opaque


# RFC 9420 12.4.3
# struct {
#     GroupContext group_context;
#     Extension extensions<V>;
#     MAC confirmation_tag;
#     uint32 signer;
# } GroupInfoTBS;
@struct
class GroupInfoTBS:
    group_context: GroupContext
    extensions: tuple[Extension, ...]
    confirmation_tag: opaque
    signer: uint32
