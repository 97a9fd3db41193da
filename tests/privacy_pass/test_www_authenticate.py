"""Challenges in their field: written, read, and ignored one by one."""

import pytest

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass import base64url
from simulator.privacy_pass.challenge import token_challenge
from simulator.privacy_pass.grease import greased_offer
from simulator.privacy_pass.www_authenticate import ChallengeOffer, Offers, read_offers, write_octets, write_offer
from simulator.rules import Enforcement, enforced_by

CHALLENGE = token_challenge("b.example", bytes(32), "ds.b.example")
OCTETS = base64url.write(encode(CHALLENGE))
OFFER = ChallengeOffer(CHALLENGE, b"key", 1800)


def test_what_we_send() -> None:
    field = write_offer(OFFER)
    assert field == f'PrivateToken challenge="{OCTETS}", token-key="a2V5", max-age=1800'
    assert write_offer(ChallengeOffer(CHALLENGE)) == f'PrivateToken challenge="{OCTETS}"'
    assert read_offers([field]) == Offers((OFFER,), ())


@pytest.mark.parametrize(
    "field",
    [
        f'privatetoken CHALLENGE="{OCTETS}", Token-Key="a2V5", MAX-AGE="1800"',
        f"PrivateToken challenge={OCTETS},token-key=a2V5,max-age=1800",
        f'Basic realm="x", PrivateToken realm="y",challenge="{OCTETS}",max-age=1800 ,token-key="a2V5", Negotiate YQ==',
        f'PrivateToken unknown="PrivateToken challenge=x", challenge="{OCTETS}", token-key="a2V5", max-age="1800"',
    ],
)
def test_other_spellings(field: str) -> None:
    assert read_offers([field]) == Offers((OFFER,), ())


def test_several_challenges_in_one_field_and_in_several() -> None:
    one, other = write_offer(OFFER), write_offer(ChallengeOffer(token_challenge("c.example", b"", "ds.b.example")))
    joined = read_offers([f"{one}, {other}"])
    assert [offer.challenge.issuer for offer in joined.usable] == ["b.example", "c.example"]
    assert read_offers([one, "Basic", other]) == joined
    assert read_offers([]) == read_offers(["Basic"]) == Offers((), ())


def test_others_are_taken_beside_those_of_unknown_types() -> None:
    greased = greased_offer(SeededRand(1, "b.example"))
    unknown = write_octets(b"\x00\x05whatever", b"key")
    found = read_offers([f"{greased}, {unknown}, {write_offer(OFFER)}"])
    assert found.usable == (OFFER,)
    assert [ignored.rules[0] for ignored in found.ignored] == ["PP-CHALLENGE-2", "PP-CHALLENGE-2"]


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("PrivateToken", "PP-CHALLENGE-6/PRESENT"),
        ("PrivateToken YWJj", "PP-CHALLENGE-6/PRESENT"),
        ("PrivateToken token-key=a2V5", "PP-CHALLENGE-6/PRESENT"),
        ('PrivateToken challenge="AAI"', "PP-CHALLENGE-6/BASE64URL"),
        ('PrivateToken challenge="AAI+"', "PP-CHALLENGE-6/BASE64URL"),
        (f"PrivateToken challenge={OCTETS}, token-key=a2V", "PP-CHALLENGE-6/BASE64URL"),
        ('PrivateToken challenge=""', "PP-CHALLENGE-1"),
        (f"PrivateToken challenge={OCTETS}, max-age=soon", "PP-CHALLENGE-8/MAX-AGE"),
        (f"PrivateToken challenge={OCTETS}, max-age=-1", "PP-CHALLENGE-8/MAX-AGE"),
        (f"PrivateToken challenge={OCTETS}, challenge={OCTETS}", "PP-CHALLENGE-8/FIELD"),
        (f'PrivateToken challenge="{OCTETS}', "PP-CHALLENGE-8/FIELD"),
    ],
)
def test_what_is_ignored(field: str, rule: str) -> None:
    found = read_offers([field, write_offer(OFFER)])
    assert found.usable == (OFFER,)
    assert [ignored.rules[0] for ignored in found.ignored] == [rule]


def test_who_does_not_keep_the_rule_takes_the_challenge_without_its_age() -> None:
    with enforced_by(Enforcement({"PP-CHALLENGE-8"})):
        found = read_offers([f"PrivateToken challenge={OCTETS}, max-age=soon"])
    assert found == Offers((ChallengeOffer(CHALLENGE),), ())
