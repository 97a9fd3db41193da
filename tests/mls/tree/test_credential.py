import pytest

from simulator.codec import DecodeError, codec
from simulator.mls.tree.credential import (
    BasicCredential,
    Certificate,
    Credential,
    CredentialType,
    X509Credential,
    credential_type,
    identity_of,
)

BASIC = BasicCredential(b"alice")
X509 = X509Credential((Certificate(b"end entity"), Certificate(b"issuer")))


@pytest.mark.parametrize(
    ("credential", "wire"),
    [
        (BASIC, b"\x00\x01\x05alice"),
        (X509, b"\x00\x02\x12\x0aend entity\x06issuer"),
    ],
)
def test_on_the_wire(credential: Credential, wire: bytes) -> None:
    assert codec(Credential).encode(credential) == wire
    assert codec(Credential).decode(wire) == credential


def test_an_unknown_type_is_malformed() -> None:
    with pytest.raises(DecodeError):
        codec(Credential).decode(b"\x0a\x0a\x00")


def test_type_and_identity() -> None:
    assert (credential_type(BASIC), identity_of(BASIC)) == (CredentialType.basic, b"alice")
    assert (credential_type(X509), identity_of(X509)) == (CredentialType.x509, b"end entity")
    assert identity_of(X509Credential(())) == b""
