"""How what is wrong with a token, or with a request for one, is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.privacy_pass.errors import (
    InvalidMessageSignature,
    InvalidToken,
    InvalidTokenRequest,
    PrivacyPassError,
    TokenRequired,
)
from simulator.services.refusal import Code, Refusal

TOKEN_REQUIRED = Code("token_required")
INVALID_TOKEN = Code("invalid_token")
TOKEN_SPENT = Code("token_spent")

TOKEN_CODES = (TOKEN_REQUIRED, INVALID_TOKEN, TOKEN_SPENT)
"""Those of answers that have a challenge, so that an asker can tell them from other refusals of the same status."""

_CODES = {
    TokenRequired: TOKEN_REQUIRED,
    InvalidToken: INVALID_TOKEN,
    InvalidMessageSignature: Code.invalid_signature,
    InvalidTokenRequest: Code.malformed,
}


@contextmanager
def refusing() -> Iterator[None]:
    """Raises a Refusal, by the same rules, for whatever of Privacy Pass is wrong inside.

    What is not the asker's fault, such as a signature that was miscalculated, is `internal`.
    """
    try:
        yield
    except PrivacyPassError as wrong:
        refusal = Refusal(_CODES.get(type(wrong), Code.internal), wrong.text, wrong.section)
        refusal.rules = wrong.rules
        raise refusal from wrong
