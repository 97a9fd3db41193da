"""Messages that a receiver reports to the hub, with what the hub asserted of them ([P] 5.9)."""

from simulator.codec import opaque, struct, uint8, uint64, utf8
from simulator.drafts.mimi_protocol_06.messages.common import Frank, IdentifierUri
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary


# struct { opaque message_content<V>; Frank frank; uint64 accepted_timestamp; } AbusiveMessage;
@struct
class AbusiveMessage:
    message_content: opaque
    frank: Frank
    accepted_timestamp: uint64


# enum { reserved(0), (255) } AbuseType;                                     /* any value is taken */
#
# struct {
#     IdentifierUri reportingUser;
#     IdentifierUri allegedAbuserUri;
#     AbuseType reasonCode;
#     opaque note<V>;
#     AbusiveMessage messages<V>;
#     AppDataDictionary abuse_extensions;
# } AbuseReport;
@struct
class AbuseReport:
    """`reporting_user` is empty where it is not said."""

    reporting_user: IdentifierUri
    alleged_abuser_uri: IdentifierUri
    reason_code: uint8
    note: utf8
    messages: tuple[AbusiveMessage, ...]
    abuse_extensions: AppDataDictionary
