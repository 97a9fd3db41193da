"""Who a member claims to be (RFC 9420 5.3)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum16, Tagged, opaque, struct


# RFC 9420 5.3, 17.5
# uint16 CredentialType;
class CredentialType(Enum16):
    basic = 1
    x509 = 2


# RFC 9420 5.3
# case basic:
#     opaque identity<V>;
@struct
class BasicCredential:
    identity: opaque


# RFC 9420 5.3
# struct {
#     opaque cert_data<V>;
# } Certificate;
@struct
class Certificate:
    cert_data: opaque


# RFC 9420 5.3
# case x509:
#     Certificate certificates<V>;
@struct
class X509Credential:
    certificates: tuple[Certificate, ...]


# RFC 9420 5.3
# struct {
#     CredentialType credential_type;
#     select (Credential.credential_type) {
#         case basic:
#             opaque identity<V>;
#         case x509:
#             Certificate certificates<V>;
#     };
# } Credential;
Credential: TypeAlias = Annotated[
    BasicCredential | X509Credential,
    Tagged(CredentialType, {CredentialType.basic: BasicCredential, CredentialType.x509: X509Credential}),
]


def credential_type(credential: Credential) -> CredentialType:
    """The type of a credential, as capabilities list it."""
    return CredentialType.basic if isinstance(credential, BasicCredential) else CredentialType.x509


def identity_of(credential: Credential) -> bytes:
    """What tells one client from another: the basic identity, or the end-entity certificate (empty if there is none).

    RFC 9420 5.3.3 and 12.2 leave it to the application which leaves are of the same client.
    """
    if isinstance(credential, BasicCredential):
        return credential.identity
    return credential.certificates[0].cert_data if credential.certificates else b""
