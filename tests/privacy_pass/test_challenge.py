"""Challenges: what a client takes, and what it ignores by which rule."""

import pytest

from simulator.codec import encode
from simulator.privacy_pass.challenge import (
    TokenChallenge,
    challenge_digest,
    check_origin,
    read_challenge,
    token_challenge,
)
from simulator.privacy_pass.errors import InvalidChallenge
from simulator.rules import Enforcement, enforced_by

CONTEXT = bytes(range(32))
CHALLENGE = token_challenge("b.example", CONTEXT, "ds.b.example")


def octets(issuer: bytes = b"b.example", context: bytes = b"", origin: bytes = b"", kind: int = 2) -> bytes:
    return encode(TokenChallenge(kind, issuer, context, origin))


def test_a_challenge_names_issuer_and_origin() -> None:
    assert read_challenge(encode(CHALLENGE)) == CHALLENGE
    assert (CHALLENGE.issuer, CHALLENGE.origins, CHALLENGE.redemption_context) == (
        "b.example",
        ("ds.b.example",),
        CONTEXT,
    )
    assert token_challenge("b.example", b"", "").origins == ()


def test_the_digest_is_of_all_fields() -> None:
    others = [octets(), octets(b"c.example"), octets(context=CONTEXT), octets(origin=b"a"), octets(origin=b"A")]
    assert len({challenge_digest(read_challenge(each)) for each in others}) == len(others)
    assert len(challenge_digest(CHALLENGE)) == 32


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "PP-CHALLENGE-1"),
        (b"\x00", "PP-CHALLENGE-1"),
        (b"\x00\x01", "PP-CHALLENGE-2"),
        (octets(kind=1), "PP-CHALLENGE-2"),
        (b"\x00\x00" + b"\xff" * 64, "PP-CHALLENGE-2"),
        (b"\x00\x02", "PP-CHALLENGE-8/STRUCT"),
        (octets() + b"\x00", "PP-CHALLENGE-8/STRUCT"),
        (octets()[:-1], "PP-CHALLENGE-8/STRUCT"),
        (b"\x00\x02" + b"\x00\x00" + b"\x00" + b"\x00\x00", "PP-CHALLENGE-8/STRUCT"),
        (b"\x00\x02" + b"\x00\x01a" + b"\x21" + b"\x00" * 33 + b"\x00\x00", "PP-CHALLENGE-8/STRUCT"),
        (octets(context=b"x"), "PP-CHALLENGE-3"),
        (octets(context=b"x" * 31), "PP-CHALLENGE-3"),
        (octets(b"user@b.example"), "PP-CHALLENGE-5"),
        (octets(b"\xff"), "PP-CHALLENGE-5"),
        (octets(b"b.example/"), "PP-CHALLENGE-5"),
        (octets(origin=b"user:pw@ds.b.example"), "PP-CHALLENGE-5"),
        (octets(origin=b"ds.b.example, ds.c.example"), "PP-CHALLENGE-5"),
        (octets(origin=b"ds.b.example,"), "PP-CHALLENGE-5"),
    ],
)
def test_what_is_ignored(data: bytes, rule: str) -> None:
    with pytest.raises(InvalidChallenge) as caught:
        read_challenge(data)
    assert caught.value.rules[0] == rule


@pytest.mark.parametrize("name", [b"b.example", b"B.EXAMPLE", b"b.example:8443", b"[::1]:443", b"localhost", b"1"])
def test_names_of_servers(name: bytes) -> None:
    assert read_challenge(octets(name, origin=name)).issuer == name.decode()


def test_the_origin_is_compared_without_case() -> None:
    check_origin(CHALLENGE, "DS.B.example")
    check_origin(token_challenge("b.example", b"", "ds.c.example,Ds.b.example"), "ds.b.example")


@pytest.mark.parametrize("origin", ["", "ds.c.example", "b.example", "ds.b.example:443"])
def test_a_challenge_for_others_is_ignored(origin: str) -> None:
    challenge = token_challenge("b.example", b"", origin)
    with pytest.raises(InvalidChallenge) as caught:
        check_origin(challenge, "ds.b.example")
    assert caught.value.rule == "foreign_origin"
    assert caught.value.requirement == "PP-CHALLENGE-4"
    with enforced_by(Enforcement({"PP-CHALLENGE-4"})):
        check_origin(challenge, "ds.b.example")
