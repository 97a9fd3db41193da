"""One user's provider tells another's what its user says about being added to rooms ([P] 5.7)."""

from typing import Annotated

from simulator.codec import Enum8, When, struct
from simulator.drafts.mimi_protocol_06.messages.common import IdentifierUri
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary
from simulator.mls.joining.key_package import KeyPackage


# enum { cancel(0), request(1), grant(2), revoke(3), (255) } ConsentOperation;
class ConsentOperation(Enum8):
    cancel = 0
    request = 1
    grant = 2
    revoke = 3


# struct {
#     ConsentOperation consentOperation;
#     IdentifierUri requesterUri;
#     IdentifierUri targetUri;
#     optional<IdentifierUri> roomId;
#     select (consentOperation) {
#         case grant:                   KeyPackage clientKeyPackages<V>;
#         case cancel, request, revoke: struct {};
#     };
#     AppDataDictionary consent_extensions;
# } ConsentEntry;
@struct
class ConsentEntry:
    """Without `room_id` it is about any room."""

    consent_operation: ConsentOperation
    requester_uri: IdentifierUri
    target_uri: IdentifierUri
    room_id: IdentifierUri | None
    client_key_packages: Annotated[tuple[KeyPackage, ...] | None, When("consent_operation", ConsentOperation.grant)]
    consent_extensions: AppDataDictionary
