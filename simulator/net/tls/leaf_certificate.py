"""A certificate for names, exactly as they are written.

trustme's own takes A-labels apart (IDNA 2008) and has no certificate for names that are none to it, though the DNS and
the rest of us have no trouble with them: emoji domains, and whatever else begins with `xn--`.
"""

from datetime import UTC, datetime
from functools import lru_cache

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from simulator.dataclass import dataclass

NOT_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(3000, 1, 1, tzinfo=UTC)
"""Protocol time may be anywhere in between."""

_USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """Private key and certificate."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        return key + self.certificate.public_bytes(Encoding.PEM)


def issue(ca: trustme.CA, names: tuple[str, ...], not_after: datetime | None = None) -> Leaf:
    """A certificate of `ca` for these DNS names (ASCII), with a new P-256 key, good for servers and clients."""
    issuer = _issuer(ca)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "MIMI federation simulator")]))
        .issuer_name(issuer.name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(not_after or NOT_AFTER)
    )
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer.key_id), False),
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_USAGE, True),
        (x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), False),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]), False),
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return Leaf(builder.sign(issuer.key, hashes.SHA256()), key)


@dataclass(frozen=True, slots=True)
class _Issuer:
    """What an authority puts into a certificate, and signs it with."""

    name: x509.Name
    key_id: x509.SubjectKeyIdentifier
    key: ec.EllipticCurvePrivateKey


@lru_cache(maxsize=8)
def _issuer(ca: trustme.CA) -> _Issuer:
    """Parsed once: hundreds of providers start with certificates of one authority."""
    certificate = x509.load_pem_x509_certificate(ca.cert_pem.bytes())
    key_id = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    key = load_pem_private_key(ca.private_key_pem.bytes(), None)
    return _Issuer(certificate.subject, key_id, key)  # type: ignore[arg-type]  # an authority's key can sign
