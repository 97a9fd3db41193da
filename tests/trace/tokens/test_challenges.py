"""Which challenges a trace has shown."""

from simulator.codec import encode
from simulator.privacy_pass.auth_field import AuthElement
from simulator.privacy_pass.challenge import challenge_digest
from simulator.trace.tokens.challenges import (
    elements,
    octets,
    offered_keys,
    presented_tokens,
    readable,
    shown_challenges,
)
from tests.trace.tokens.exchanges import CHALLENGE, KEY, OFFER, TOKEN, challenged, exchange, paid


def test_all_that_can_be_read_by_their_digests() -> None:
    found = shown_challenges(
        [exchange(1), challenged(2), challenged(3, f"Basic, {OFFER}, {OFFER}"), challenged(4, '"')]
    )
    assert found == {challenge_digest(CHALLENGE): CHALLENGE}


def test_what_can_be_read_is_no_matter_of_who_would_follow_it() -> None:
    reflected = encode(CHALLENGE)[:-12] + b"ds.c.example"
    assert readable(reflected) is not None
    assert readable(b"\x02\xaa" + encode(CHALLENGE)[2:]) is None
    assert readable(encode(CHALLENGE)[:-1]) is None


def test_elements_are_those_of_one_scheme() -> None:
    (element,) = elements(f'Basic realm="x", {OFFER}')
    assert octets(element, "challenge") == encode(CHALLENGE)
    assert octets(element, "other") is None
    assert octets(AuthElement("privatetoken", {"challenge": "?"}), "challenge") is None


def test_tokens_that_were_presented() -> None:
    assert presented_tokens(paid().request_headers) == (TOKEN,)
    odd = ('PrivateToken token="?"', 'PrivateToken token="AAIA"', "Basic x", 'PrivateToken token="', "PrivateToken")
    assert presented_tokens(tuple(("Authorization", value) for value in odd)) == (None, None, None)


def test_keys_that_are_offered() -> None:
    headers = (*challenged().response_headers, ("www-authenticate", 'PrivateToken token-key="AAAA"'), ("x", OFFER))
    assert list(offered_keys(headers)) == [(CHALLENGE, KEY)]
