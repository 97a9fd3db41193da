"""Headers that belong to tokens, field by field and as a sentence."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.token_keys import token_key_id
from simulator.privacy_pass.www_authenticate import write_octets
from simulator.trace.events import Headers
from simulator.trace.tokens.fields import FieldMeaning, field_meanings, short
from tests.trace.tokens.exchanges import CHALLENGE, HOLDER, KEY, OFFER, TOKEN, challenged, paid, requested

SHOWN = {challenge_digest(CHALLENGE): CHALLENGE}


def one(headers: Headers, body: bytes = b"") -> FieldMeaning:
    (found,) = field_meanings(headers, body, SHOWN)
    return found


def test_a_challenge() -> None:
    found = one(challenged().response_headers)
    identifier = token_key_id(KEY)
    assert (found.place, found.name) == (1, "www-authenticate")
    assert found.said == (
        f"wants a token of b.example for ds.b.example, context 63636363.., key {short(identifier)}, for 1800 s"
    )
    assert found.values == {
        "challenge.token_type": "2",
        "challenge.issuer_name": "b.example",
        "challenge.redemption_context": (b"c" * 32).hex(),
        "challenge.origin_info": "ds.b.example",
        "token-key.id": identifier.hex(),
        "token-key.octets": str(len(KEY)),
        "max-age": "1800",
    }


def test_several_challenges_in_a_field_are_told_one_by_one() -> None:
    greased = write_octets(b"\x02\xaa\x01\x02", b"other")
    found = field_meanings((("WWW-Authenticate", f"Basic, {greased}, {OFFER}"),), b"", {})
    assert [each.place for each in found] == [0, 0]
    assert found[0].said.startswith("wants a token of type 0x02aa, which can't be read, key ")
    assert found[0].values["challenge.undecoded"] == "0102"


def test_a_token_says_what_it_is_for_where_its_challenge_was_shown() -> None:
    found = one(paid().request_headers)
    assert found.said == ("a token of b.example for ds.b.example, context 63636363.., key 6b6b6b6b.., nonce 6e6e6e6e..")
    assert found.values["token.challenge_digest"] == challenge_digest(CHALLENGE).hex()
    (unknown,) = field_meanings(paid().request_headers, b"", {})
    assert unknown.said.startswith(f"a token for challenge {short(challenge_digest(CHALLENGE))}, which is not shown")


def test_a_token_request_is_signed_by_a_provider_for_a_pseudonym() -> None:
    asked = requested(holder=HOLDER)
    found = {each.name: each for each in field_meanings(asked.request_headers, asked.request, {})}
    assert found["content-digest"].said == "the SHA-256 of this body"
    assert found["mimi-token-holder"].said == "for the pseudonym 68686868.."
    assert found["mimi-token-holder"].values == {"pseudonym": HOLDER.hex()}
    assert found["signature"].said == "64 octets"
    signed = found["signature-input"]
    assert signed.said == "signed by a.example at 2026-01-01 00:00:00 UTC"
    assert signed.values["covered"].startswith("@method, @authority, @path, content-type, ")
    assert (signed.values["keyid"], signed.values["alg"]) == ("a.example", "ed25519")
    changed = field_meanings(asked.request_headers, asked.request + b"x", {})
    assert "the SHA-256 of another body" in [each.said for each in changed]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("www-authenticate", 'PrivateToken challenge="', "challenges that can't be read: no parameter at character 13"),
        ("www-authenticate", 'PrivateToken challenge="?"', "a challenge that can't be read"),
        ("www-authenticate", 'PrivateToken challenge="AAI="', "wants a token of type 0x0002, which can't be read"),
        ("www-authenticate", 'PrivateToken challenge=""', "wants a token"),
        ("authorization", 'PrivateToken token="?"', "a token that can't be read"),
        ("authorization", 'PrivateToken token="AAIA"', "a token that can't be read"),
        ("authorization", 'PrivateToken token="', "a token that can't be read: no parameter at character 13"),
        ("signature-input", "mimi", "what is signed can't be read"),
        ("signature-input", "mimi=();created=99999999999999999999", "signed by nobody"),
    ],
)
def test_what_can_t_be_read_says_so(name: str, value: str, said: str) -> None:
    assert one(((name, value),)).said == said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authorization", "Basic abc"),
        ("www-authenticate", 'Basic realm="x"'),
        ("signature", "mimi=abc"),
        ("content-digest", "sha-256=:a:"),
        ("mimi-token-holder", "x"),
        ("host", "b.example"),
    ],
)
def test_what_says_nothing_of_tokens_is_left_out(name: str, value: str) -> None:
    assert field_meanings(((name, value),), b"", {}) == ()


def test_names_of_strangers_are_printable_and_short() -> None:
    nasty = replace(CHALLENGE, issuer_name=b"\x1b[2J" + b"x" * 1000)
    found = one((("www-authenticate", write_octets(encode(nasty), KEY)),))
    assert found.said.isprintable()
    assert len(found.said) < 400


def test_octets_are_told_by_their_first_digits() -> None:
    assert short(TOKEN.nonce) == short(TOKEN.nonce.hex()) == "6e6e6e6e.."
