"""What an exchange says of tokens, as one sentence."""

from collections.abc import Iterator

from simulator.codec import DecodeError, decode
from simulator.privacy_pass.directory import MEDIA_TYPE, Directory, read_directory
from simulator.privacy_pass.errors import PrivacyPassError
from simulator.privacy_pass.issuance import REQUEST_TYPE, TokenRequest
from simulator.privacy_pass.message_signature import HOLDER
from simulator.privacy_pass.token_keys import token_key_id
from simulator.trace.events import Exchange
from simulator.trace.tokens.bodies import media_type
from simulator.trace.tokens.challenges import AUTHORIZATION, CHALLENGE_FIELD, Shown
from simulator.trace.tokens.fields import field_meanings, short

_TELLING = (CHALLENGE_FIELD, AUTHORIZATION, "signature-input", HOLDER)
"""The headers that say more than that something was signed."""


def about_tokens(exchange: Exchange, shown: Shown) -> str:
    """Of request and answer; empty where they say nothing of tokens. `shown` are the challenges that tokens may be
    for.
    """
    said = [*_request(exchange), *_headers(exchange, shown), *_answer(exchange)]
    return "; ".join(said)


def _headers(exchange: Exchange, shown: Shown) -> Iterator[str]:
    asked = field_meanings(exchange.request_headers, exchange.request, shown)
    answered = field_meanings(exchange.response_headers, exchange.response, shown)
    return (each.said for each in (*asked, *answered) if each.name in _TELLING)


def _request(exchange: Exchange) -> Iterator[str]:
    if media_type(exchange.request_headers) == REQUEST_TYPE:
        try:
            yield f"asks for a token with the key ..{decode(TokenRequest, exchange.request).truncated_token_key_id:02x}"
        except DecodeError as wrong:
            yield f"a token request that can't be read: {wrong}"


def _answer(exchange: Exchange) -> Iterator[str]:
    directory = directory_in(exchange)
    if directory is not None:
        yield f"keys {', '.join(short(token_key_id(key.token_key)) for key in directory.keys) or 'none'}"
        if (budget := directory.budget) is not None:
            yield f"{budget.tokens} tokens per {budget.per} in {budget.period} s"


def directory_in(exchange: Exchange) -> Directory | None:
    """The directory of an issuer that an exchange has brought; None where it has brought none that can be read."""
    if exchange.status != 200 or media_type(exchange.response_headers) != MEDIA_TYPE:
        return None
    try:
        return read_directory(exchange.response)
    except PrivacyPassError:
        return None
