"""What an origin remembers and decides of the tokens that it takes, in its store."""

from dataclasses import replace

from simulator.privacy_pass.redemption_context import window
from simulator.privacy_pass.token import Token
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.service_context import ServiceContext
from simulator.services.tokens.origin import CONTEXT_KEY, Origin, challenge_fields
from simulator.services.tokens.settings import TokenSettings
from simulator.services.tokens.spending import answered, first_window, kept_answer, spent
from simulator.storage import KeptAnswer

_KEY_SIZE = 32

REDEEMED = Practice("TOKEN-REDEEMED", Kind.redeemed, "A token that is good pays for one request.")
REPEATED = Practice(
    "TOKEN-REPEATED", Kind.repeated, "The same request with the same token gets the answer that it got."
)
UNSETTLED = Practice(
    "TOKEN-STILL-GOOD",
    Kind.pays_again,
    "A token whose request got no answer, or 429, or 5xx, pays for another attempt.",
)


def origin(settings: TokenSettings, context: ServiceContext) -> Origin:
    """The provider as those see it who pay."""
    key = context.store.token_secrets.get(CONTEXT_KEY)
    if key is None:
        key = context.rand(CONTEXT_KEY, _KEY_SIZE)
        context.store.token_secrets.put(CONTEXT_KEY, key)
    issuer = settings.issuer or context.provider
    return Origin(context.service_host, issuer, settings.window, key, settings.grease)


def challenges(settings: TokenSettings, token_key: bytes | None, context: ServiceContext) -> tuple[str, ...]:
    """The values of WWW-Authenticate now, with the issuer's key (SPKI), if that is known."""
    return challenge_fields(origin(settings, context), token_key, context.now, context.rand)


def answer_before(token: Token, request: bytes, operation: str, context: ServiceContext) -> KeptAnswer | None:
    """The answer that a request (digest) with this token got before; None where it has to be done.

    Raises Refusal token_spent.
    """
    row = context.store.spent_tokens.get(token.nonce)
    kept = kept_answer(row, request)
    if kept is not None:
        details = {"nonce": token.nonce.hex()}
        context.decided(Decision(REPEATED, "this was answered before", operation, details=details))
    return kept


def spend(token: Token, request: bytes, operation: str, settings: TokenSettings, context: ServiceContext) -> None:
    """Remember that the token was presented with this request, before that is done."""
    rows = context.store.spent_tokens
    known = rows.get(token.nonce)
    practice = REDEEMED if known is None else UNSETTLED
    words = "its nonce is new" if known is None else "nothing came of it before"
    number = window(settings.window, context.now).number
    if known is None or known.request != request:  # the latter where nobody minds that it was spent
        rows.forget(first_window(settings.window, context.now))
        rows.put(spent(token.nonce, request, settings.window, context.now))
    details = {"nonce": token.nonce.hex(), "key": token.token_key_id.hex()}
    context.decided(Decision(practice, f"{words}, in window {number}", operation, details=details))


def settle(token: Token, status: int, body: bytes, context: ServiceContext) -> None:
    """Keep the answer, where that is the one for good."""
    row = context.store.spent_tokens.get(token.nonce)
    if row is not None:
        context.store.spent_tokens.put(answered(row, status, body))


def answered_meanwhile(token: Token, context: ServiceContext) -> KeptAnswer | None:
    """What a copy of the same request got that was faster."""
    row = context.store.spent_tokens.get(token.nonce)
    return None if row is None else row.answer


def with_payment(context: ServiceContext) -> ServiceContext:
    """The same moment, for what a token has paid for."""
    return replace(context, paid=True)
