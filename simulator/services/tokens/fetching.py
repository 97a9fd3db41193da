"""For whom tokens are got together: some for the provider, or one for each user of a crowd."""

from collections.abc import Collection

from simulator.dataclass import dataclass
from simulator.privacy_pass.crowds import crowd_of, round_of
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.redemption_context import Window

HOLDER_KEY = "token_holder_key"
"""What the randomness of a holder key, of 32 bytes, is drawn for."""

AT_A_TIME = 4
"""How many tokens are got with a budget per provider."""


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a token is: a user, by URI, as whom the issuer knows a pseudonym; neither where it is anybody's."""

    user: str | None = None
    pseudonym: bytes | None = None


def holders(
    per: Per, user: str, users: Collection[str], crowd: int, issuer: str, window: Window, key: bytes
) -> tuple[Holder, ...]:
    """For whom to ask, one after the other, where one of our users needs a token; nobody where he has no crowd.

    `users` are all of ours, `window` is the issuer's, `key` our holder key. A `crowd` of 1 hides nobody.
    """
    if per is Per.provider:
        return (Holder(),) * AT_A_TIME
    return tuple(Holder(*each) for each in round_of(crowd_of(user, users, crowd, key), issuer, window, key))
