"""Certificates that OpenSSL verifies and other libraries refuse to parse: any extensions, as bytes, under any CA."""

from datetime import UTC, datetime, timedelta

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SUBJECT_ALT_NAME = "2.5.29.17"


def tlv(tag: int, value: bytes) -> bytes:
    """A DER element."""
    size = len(value)
    return bytes([tag]) + (bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")) + value


def dns(name: bytes) -> bytes:
    """A GeneralName of that kind, whatever its bytes."""
    return tlv(0x82, name)


def names(*general_names: bytes) -> tuple[str, bytes]:
    """A subjectAltName extension."""
    return SUBJECT_ALT_NAME, tlv(0x30, b"".join(general_names))


def issued(ca: trustme.CA, common_name: str, *extensions: tuple[str, bytes]) -> x509.Certificate:
    """A certificate without its key."""
    return _issued(ca, common_name, extensions)[0]


def issued_pem(ca: trustme.CA, common_name: str, *extensions: tuple[str, bytes]) -> bytes:
    """A certificate and its key, PEM."""
    certificate, key = _issued(ca, common_name, extensions)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret + certificate.public_bytes(serialization.Encoding.PEM)


def _issued(
    ca: trustme.CA, common_name: str, extensions: tuple[tuple[str, bytes], ...]
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    ca_key = serialization.load_pem_private_key(ca.private_key_pem.bytes(), None)
    assert isinstance(ca_key, ec.EllipticCurvePrivateKey)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)]))
        .issuer_name(x509.load_pem_x509_certificate(ca.cert_pem.bytes()).subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    for oid, value in extensions:
        builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value), critical=False)
    return builder.sign(ca_key, hashes.SHA256()), key
