"""Looking for users by what is known of them ([P] 5.8)."""

from typing import Annotated

from simulator.codec import Enum8, When, struct, utf8
from simulator.drafts.mimi_protocol_06.messages.common import IdentifierUri
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary


# enum { reserved(0), handle(1), nick(2), email(3), phone(4), partialName(5), wholeProfile(6), oidcStdClaim(7),
#        vcardField(8), (255) } SearchIdentifierType;
class SearchIdentifierType(Enum8):
    handle = 1
    nick = 2
    email = 3
    phone = 4
    partial_name = 5
    whole_profile = 6
    oidc_std_claim = 7
    vcard_field = 8


# struct {
#     SearchIdentifierType searchType;
#     select (searchType) {
#         case oidcStdClaim: opaque claimName<V>;
#         case vcardField:   opaque propertyName<V>;
#         default:           struct {};
#     };
#     opaque searchValue<V>;
# } QueryElement;
@struct
class QueryElement:
    search_type: SearchIdentifierType
    claim_name: Annotated[utf8 | None, When("search_type", SearchIdentifierType.oidc_std_claim)]
    property_name: Annotated[utf8 | None, When("search_type", SearchIdentifierType.vcard_field)]
    search_value: utf8


# struct { QueryElement query_elements<V>; AppDataDictionary id_request_extensions; } IdentifierRequest;
@struct
class IdentifierRequest:
    query_elements: tuple[QueryElement, ...]
    id_request_extensions: AppDataDictionary


# enum { success(0), notFound(1), ambiguous(2), forbidden(3), unsupportedField(4), (255) } IdentifierQueryCode;
class IdentifierQueryCode(Enum8):
    success = 0
    not_found = 1
    ambiguous = 2
    forbidden = 3
    unsupported_field = 4


# enum { reserved(0), oidcStdClaim(7), vcardField(8), (255) } FieldSource;
class FieldSource(Enum8):
    oidc_std_claim = 7
    vcard_field = 8


# struct { FieldSource fieldSource; opaque fieldName<V>; opaque fieldValue<V>; } ProfileField;
@struct
class ProfileField:
    field_source: FieldSource
    field_name: utf8
    field_value: utf8


# struct { IdentifierUri stableUri; ProfileField fields<V>; } UserProfile;
@struct
class UserProfile:
    stable_uri: IdentifierUri
    fields: tuple[ProfileField, ...]


# struct {
#     IdentifierQueryCode responseCode;
#     IdentifierUri uri<V>;
#     UserProfile foundProfiles<V>;
#     AppDataDictionary id_response_extensions;
# } IdentifierResponse;
@struct
class IdentifierResponse:
    response_code: IdentifierQueryCode
    uri: tuple[IdentifierUri, ...]
    found_profiles: tuple[UserProfile, ...]
    id_response_extensions: AppDataDictionary
