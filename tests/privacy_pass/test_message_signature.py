"""Signatures over token requests."""

import base64
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

from simulator.privacy_pass.errors import InvalidMessageSignature
from simulator.privacy_pass.message_signature import (
    RequestTarget,
    attest,
    check_fresh,
    check_genuine,
    holder_headers,
    read_attestation,
    read_holder,
    signature_base,
)

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
TARGET = RequestTarget("b.example", "/token-request", b"body")
NOW = 1_700_000_000
HOLDER = b"h" * 32
HEADERS = attest(TARGET, "a.example", NOW, KEY.sign)
WITH_HOLDER = attest(TARGET, "a.example", NOW, KEY.sign, HOLDER)


def verifies(content: bytes, signature: bytes) -> bool:
    try:
        KEY.public_key().verify(signature, content)
    except InvalidSignature:
        return False
    return True


def test_the_one_form() -> None:
    assert dict(HEADERS) == {
        "content-type": "application/private-token-request",
        "content-digest": "sha-256=:Iw2DWNyOiJC0xY3utikS7i8gNXrpKlzIYbmOaP4xrLU=:",
        "signature-input": 'mimi=("@method" "@authority" "@path" "content-type" "content-digest")'
        ';created=1700000000;keyid="a.example";alg="ed25519"',
        "signature": dict(HEADERS)["signature"],
    }
    read = read_attestation(TARGET, HEADERS)
    assert read.base.decode().splitlines() == [
        '"@method": POST',
        '"@authority": b.example',
        '"@path": /token-request',
        '"content-type": application/private-token-request',
        f'"content-digest": {dict(HEADERS)["content-digest"]}',
        f'"@signature-params": {dict(HEADERS)["signature-input"].removeprefix("mimi=")}',
    ]
    assert dict(HEADERS)["signature"] == f"mimi=:{base64.b64encode(KEY.sign(read.base)).decode()}:"
    assert (read.provider, read.created, read.holder) == ("a.example", NOW, None)
    check_genuine(read, verifies)


def test_with_a_holder() -> None:
    assert dict(WITH_HOLDER)["mimi-token-holder"] == f":{base64.b64encode(HOLDER).decode()}:"
    assert '"content-digest" "mimi-token-holder");created' in dict(WITH_HOLDER)["signature-input"]
    read = read_attestation(TARGET, WITH_HOLDER)
    assert read.holder == HOLDER
    check_genuine(read, verifies)


def test_the_base_is_that_of_rfc_9421() -> None:
    """B.2.6, which covers other components: its signature verifies over what we make of them."""
    der = base64.b64decode("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF")
    key = load_der_private_key(der, None)
    assert isinstance(key, Ed25519PrivateKey)
    lines = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@method", "POST"),
        ("@path", "/foo"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
        ("content-length", "18"),
    ]
    names = " ".join(f'"{name}"' for name, _ in lines)
    base = signature_base(lines, f'({names});created=1618884473;keyid="test-key-ed25519"')
    published = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    assert base64.b64encode(key.sign(base)).decode() == published


@pytest.mark.parametrize(
    "target",
    [replace(TARGET, authority="c.example"), replace(TARGET, path="/other")],
)
def test_a_request_that_is_forwarded_is_not_signed(target: RequestTarget) -> None:
    with pytest.raises(InvalidMessageSignature) as caught:
        check_genuine(read_attestation(target, HEADERS), verifies)
    assert caught.value.rules[0] == "PP-ATTEST-1"


def test_the_authority_has_no_case() -> None:
    check_genuine(read_attestation(replace(TARGET, authority="B.example"), HEADERS), verifies)


def test_another_body_has_another_digest() -> None:
    with pytest.raises(InvalidMessageSignature) as caught:
        read_attestation(replace(TARGET, body=b"nobody"), HEADERS)
    assert caught.value.rules[0] == "PP-ATTEST-1/DIGEST"


@pytest.mark.parametrize("now", [NOW - 301, NOW + 301])
def test_a_signature_is_of_now(now: int) -> None:
    read = read_attestation(TARGET, HEADERS)
    check_fresh(read, NOW - 300)
    check_fresh(read, NOW + 300)
    with pytest.raises(InvalidMessageSignature) as caught:
        check_fresh(read, now)
    assert caught.value.rules[0] == "PP-ATTEST-1/FRESH"


def changed(name: str, old: str, new: str) -> list[tuple[str, str]]:
    headers = [(each, value.replace(old, new) if each == name else value) for each, value in HEADERS]
    assert headers != list(HEADERS)
    return headers


INPUT = "signature-input"


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [*HEADERS, HEADERS[-1]],
        [*HEADERS, HEADERS[0]],
        [header for header in HEADERS if header[0] != "content-type"],
        changed("content-type", "application", "Application"),
        [*HEADERS, ("mimi-token-holder", ":aGhoaA==:")],
        [*HEADERS, *WITH_HOLDER[2:3]],
        [header for header in WITH_HOLDER if header[0] != "mimi-token-holder"],
        [header for header in HEADERS if header[0] != "content-digest"],
        [header for header in HEADERS if header[0] != "signature"],
        changed(INPUT, "mimi=", "other="),
        changed(INPUT, "mimi=", "mimi= "),
        changed(INPUT, ' "@path"', ""),
        changed(INPUT, '"@method" "@authority"', '"@authority" "@method"'),
        changed(INPUT, ";alg", ";nonce=1;alg"),
        changed(INPUT, "created=1", "created=01"),
        changed(INPUT, "created=1", "created=-1"),
        changed(INPUT, "created=1700000000", "created=" + 40 * "9"),
        changed(INPUT, "a.example", ""),
        changed(INPUT, "a.example", 'a"b'),
        changed(INPUT, "ed25519", "hmac-sha256"),
        changed("signature", "==:", ":"),
        changed("signature", "mimi=:", "mimi=:AAAA"),
        changed("signature", ":", ""),
        changed("signature", "=:", "=:;x"),
    ],
)
def test_other_octets_are_refused(headers: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidMessageSignature) as caught:
        read_attestation(TARGET, headers)
    assert caught.value.rules[0] == "PP-ATTEST-1/FORM"


def test_another_name_is_not_what_was_signed() -> None:
    with pytest.raises(InvalidMessageSignature, match=r"not that of c\.example"):
        check_genuine(read_attestation(TARGET, changed(INPUT, "a.example", "c.example")), verifies)


def test_a_holder_is_said_without_a_signature_too() -> None:
    holder = bytes(range(32))
    assert read_holder(holder_headers(holder)) == holder
    assert read_holder(holder_headers(None)) is None
    with pytest.raises(InvalidMessageSignature):
        read_holder((("mimi-token-holder", ":AAAA:"),))
