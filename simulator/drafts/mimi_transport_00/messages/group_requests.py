"""What a client may ask of the Delivery Service that owns a group: the arms of DSRequestBody ([DS] Operations)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, opaque, struct, uint64, utf8
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.message import MLSMessage
from simulator.mls.tree.leaf_node import LeafNode


# enum {
#     ds_request_group_id(0),
#     ds_create_group(1),
#     ds_delete_group(2),
#     ds_add_users(3),
#     ds_remove_users(4),
#     ds_add_clients(5),
#     ds_remove_clients(6),
#     ds_self_remove_client(7),
#     ds_update_client(8),
#     ds_external_join(9),
#     ds_send_message(10),
#     ds_signature_public_key(11),
#     ds_add_packages(12),
#     ds_connection_add_packages(13),
#     ds_re_initialize_group(14),
#     ds_welcome_info(15),
#     ds_external_commit_info(16),
#     (255)
# } DSRequestType;
class DSRequestType(Enum8):
    ds_request_group_id = 0
    ds_create_group = 1
    ds_delete_group = 2
    ds_add_users = 3
    ds_remove_users = 4
    ds_add_clients = 5
    ds_remove_clients = 6
    ds_self_remove_client = 7
    ds_update_client = 8
    ds_external_join = 9
    ds_send_message = 10
    ds_signature_public_key = 11
    ds_add_packages = 12
    ds_connection_add_packages = 13
    ds_re_initialize_group = 14
    ds_welcome_info = 15
    ds_external_commit_info = 16


# struct { Extension group_info_extensions<V>; opaque signature<V>; } PartialGroupInfo;
@struct
class PartialGroupInfo:
    """The parts of a GroupInfo that a DS can't compute from the commit."""

    group_info_extensions: tuple[Extension, ...]
    signature: opaque


# struct { MLSMessage commit; PartialGroupInfo partial_group_info; } MLSGroupUpdate;
@struct
class MLSGroupUpdate:
    commit: MLSMessage
    partial_group_info: PartialGroupInfo


# case ds_request_group_id:
#     struct {};
@struct
class RequestGroupIDRequest:
    pass


# case ds_create_group:
#     GroupID group_id;
#     LeafNode leaf_node;
#     MLSMessage group_info;
@struct
class CreateGroupRequest:
    group_id: opaque
    leaf_node: LeafNode
    group_info: MLSMessage


# case ds_delete_group:
#     MLSGroupUpdate group_update;
@struct
class DeleteGroupRequest:
    group_update: MLSGroupUpdate


# case ds_add_users:
#     MLSGroupUpdate group_update;
#     MLSMessage welcomes<V>;
@struct
class AddUsersRequest:
    group_update: MLSGroupUpdate
    welcomes: tuple[MLSMessage, ...]


# case ds_remove_users:
#     MLSGroupUpdate group_update;
@struct
class RemoveUsersRequest:
    group_update: MLSGroupUpdate


# case ds_add_clients:
#     MLSGroupUpdate group_update;
#     MLSMessage welcomes<V>;
@struct
class AddClientsRequest:
    group_update: MLSGroupUpdate
    welcomes: tuple[MLSMessage, ...]


# case ds_remove_clients:
#     MLSGroupUpdate group_update;
@struct
class RemoveClientsRequest:
    group_update: MLSGroupUpdate


# case ds_self_remove_client:
#     MLSMessage proposal;
@struct
class SelfRemoveClientRequest:
    proposal: MLSMessage


# case ds_update_client:
#     MLSGroupUpdate group_update;
@struct
class UpdateClientRequest:
    group_update: MLSGroupUpdate


# case ds_external_join:
#     MLSGroupUpdate group_update;
@struct
class ExternalJoinRequest:
    group_update: MLSGroupUpdate


# case ds_send_message:
#     MLSMessage application_message;
@struct
class SendMessageRequest:
    application_message: MLSMessage


# case ds_signature_public_key:   /* [DS]; here /verification_key */
#     struct {};
@struct
class SignaturePublicKeyRequest:
    pass


# case ds_add_packages:   /* [DS]; here /group_key_packages */
#     ClientID client_identifiers<V>;
@struct
class AddPackagesRequest:
    client_identifiers: tuple[utf8, ...]


# case ds_connection_add_packages:   /* [DS]; here /connection_key_packages */
#     UserID user_identifier;
@struct
class ConnectionAddPackagesRequest:
    user_identifier: utf8


# case ds_re_initialize_group:
#     MLSGroupUpdate group_update;
@struct
class ReInitializeGroupRequest:
    group_update: MLSGroupUpdate


# case ds_welcome_info:
#     GroupID group_id;
#     uint64 epoch;
@struct
class WelcomeInfoRequest:
    group_id: opaque
    epoch: uint64


# case ds_external_commit_info:
#     GroupID group_id;
@struct
class ExternalCommitInfoRequest:
    group_id: opaque


DS_REQUESTS: dict[DSRequestType, type] = {
    DSRequestType.ds_request_group_id: RequestGroupIDRequest,
    DSRequestType.ds_create_group: CreateGroupRequest,
    DSRequestType.ds_delete_group: DeleteGroupRequest,
    DSRequestType.ds_add_users: AddUsersRequest,
    DSRequestType.ds_remove_users: RemoveUsersRequest,
    DSRequestType.ds_add_clients: AddClientsRequest,
    DSRequestType.ds_remove_clients: RemoveClientsRequest,
    DSRequestType.ds_self_remove_client: SelfRemoveClientRequest,
    DSRequestType.ds_update_client: UpdateClientRequest,
    DSRequestType.ds_external_join: ExternalJoinRequest,
    DSRequestType.ds_send_message: SendMessageRequest,
    DSRequestType.ds_signature_public_key: SignaturePublicKeyRequest,
    DSRequestType.ds_add_packages: AddPackagesRequest,
    DSRequestType.ds_connection_add_packages: ConnectionAddPackagesRequest,
    DSRequestType.ds_re_initialize_group: ReInitializeGroupRequest,
    DSRequestType.ds_welcome_info: WelcomeInfoRequest,
    DSRequestType.ds_external_commit_info: ExternalCommitInfoRequest,
}
"""Which struct a type selects."""


# struct {
#     DSRequestType request_type;
#     select (request_type) {
#         ...the cases above
#     };
# } DSRequestBody;
DSRequestBody: TypeAlias = Annotated[
    RequestGroupIDRequest
    | CreateGroupRequest
    | DeleteGroupRequest
    | AddUsersRequest
    | RemoveUsersRequest
    | AddClientsRequest
    | RemoveClientsRequest
    | SelfRemoveClientRequest
    | UpdateClientRequest
    | ExternalJoinRequest
    | SendMessageRequest
    | SignaturePublicKeyRequest
    | AddPackagesRequest
    | ConnectionAddPackagesRequest
    | ReInitializeGroupRequest
    | WelcomeInfoRequest
    | ExternalCommitInfoRequest,
    Tagged(DSRequestType, DS_REQUESTS),
]
