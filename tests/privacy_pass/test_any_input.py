"""Whatever is sent, each reader yields a value or raises its own error, by a rule."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from simulator.codec import encode
from simulator.mls.crypto.signature import Ed25519
from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.privacy_pass.challenge import read_challenge, token_challenge
from simulator.privacy_pass.directory import (
    Budget,
    Directory,
    DirectoryKey,
    Per,
    read_directory,
    request_url,
    write_directory,
)
from simulator.privacy_pass.errors import (
    InvalidChallenge,
    InvalidDirectory,
    InvalidMessageSignature,
    InvalidToken,
    InvalidTokenKey,
    InvalidTokenRequest,
    InvalidTokenResponse,
    PrivacyPassError,
    TokenRequired,
)
from simulator.privacy_pass.issuance import read_request, read_response
from simulator.privacy_pass.message_signature import RequestTarget, attest, read_attestation
from simulator.privacy_pass.token import Token, read_token
from simulator.privacy_pass.token_keys import read_token_key
from simulator.privacy_pass.www_authenticate import ChallengeOffer, read_offers, write_offer
from tests.privacy_pass.issuer_keys import keys, pending, token_key

TOKEN = Token(2, b"n" * 32, b"c" * 32, b"k" * 32, b"a" * 256)
CHALLENGE = token_challenge("b.example", bytes(32), "ds.b.example")
KEY = token_key()
REQUEST = encode(pending().request)
DIRECTORY = Directory("/token-request", (DirectoryKey(KEY, 1_700_000_000),), Budget(Per.provider, 20, 3600))
TARGET = RequestTarget("b.example", "/token-request", REQUEST)
HEADERS = tuple(attest(TARGET, "a.example", 7, lambda content: Ed25519().sign(b"k" * 32, content), b"h" * 32))
NAMES = tuple(name for name, _ in HEADERS)


def spoilt(valid: bytes) -> st.SearchStrategy[bytes]:
    """Any bytes, or valid ones with something else in place of a part."""

    def put(place: tuple[int, int], part: bytes) -> bytes:
        start, end = sorted(each % (len(valid) + 1) for each in place)
        return valid[:start] + part + valid[end:]

    places = st.tuples(st.integers(0, len(valid)), st.integers(0, len(valid)))
    return st.one_of(st.binary(max_size=400), st.builds(put, places, st.binary(max_size=8)))


def spoilt_text(valid: str) -> st.SearchStrategy[str]:
    """As a server hands header values on: octets as characters."""
    return spoilt(valid.encode("latin-1")).map(lambda data: data.decode("latin-1"))


def reads(reader: Callable[[], object], *errors: type[PrivacyPassError]) -> None:
    found: PrivacyPassError | None = None
    try:
        reader()
    except errors as wrong:
        found = wrong
    assert found is None or (found.rules and len(str(found)) < 1000)


@given(spoilt(encode(CHALLENGE)), spoilt(encode(TOKEN)), spoilt(KEY))
def test_structs(challenge: bytes, token: bytes, key: bytes) -> None:
    reads(lambda: read_challenge(challenge), InvalidChallenge)
    reads(lambda: read_token(token), InvalidToken)
    reads(lambda: read_token_key(key), InvalidTokenKey)


@given(spoilt(REQUEST), spoilt(bytes(256)))
def test_issuance(request: bytes, response: bytes) -> None:
    reads(lambda: read_request(request, keys(0)), InvalidTokenRequest)
    reads(lambda: read_response(response), InvalidTokenResponse)


@given(st.lists(spoilt_text(write_authorization(TOKEN)), max_size=3))
def test_authorization(fields: list[str]) -> None:
    reads(lambda: read_authorization(fields), InvalidToken, TokenRequired)


OFFER = write_offer(ChallengeOffer(CHALLENGE, KEY, 600))


@given(st.lists(spoilt_text(f"{OFFER}, Basic, {OFFER}"), max_size=3))
def test_www_authenticate(fields: list[str]) -> None:
    found = read_offers(fields)
    assert all(each.rules for each in found.ignored)
    assert all(offer.challenge.token_type == 2 for offer in found.usable)


@given(spoilt(write_directory(DIRECTORY)))
def test_directories(content: bytes) -> None:
    reads(lambda: read_directory(content), InvalidDirectory)


@given(st.text(max_size=40))
def test_request_uris(uri: str) -> None:
    reads(lambda: request_url("b.example", replace(DIRECTORY, request_uri=uri)), InvalidDirectory)


@given(st.data())
def test_attestations(data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(HEADERS) - 1))
    _, value = HEADERS[index]
    changed = (data.draw(st.sampled_from(NAMES)), data.draw(spoilt_text(value)))
    headers = (*HEADERS[:index], changed, *HEADERS[index + 1 :])
    reads(lambda: read_attestation(TARGET, headers), InvalidMessageSignature)
