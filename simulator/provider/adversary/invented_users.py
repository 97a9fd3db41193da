"""A provider asks for tokens of Privacy Pass for users that it does not have."""

from functools import partial

from simulator.errors import Misuse
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.errors import PrivacyPassError
from simulator.privacy_pass.holders import holder_pseudonym
from simulator.privacy_pass.redemption_context import window
from simulator.provider.outgoing.token_fetching import NoTokens
from simulator.provider.provider import Provider
from simulator.provider.token_parts import TokenParts
from simulator.services import names
from simulator.services.refusal import Refusal
from simulator.services.tokens import paying
from simulator.services.tokens.fetching import Holder


async def ask_as_invented_users(provider: Provider, tokens: TokenParts, origin: str, count: int) -> int:
    """Get a token for the present challenge of an origin (host) for each of so many users, as far as the issuer gives
    them; how many came. They are in the wallet, where no user's request finds them.

    Raises Misuse where the origin has shown no challenge, or its issuer does not count by user; and NoDirectory.
    """
    known = provider.executor.do(partial(paying.known_challenge, origin))
    if known is None:
        raise Misuse(f"{origin} has shown no challenge that is not over")
    issuer = known.challenge.issuer.lower()
    kept = await tokens.directories.of(issuer)
    budget, got = kept.directory.budget, 0
    if budget is None or budget.per is not Per.user:
        raise Misuse(f"{issuer} does not count tokens by user")
    key, now = provider.executor.do(paying.holder_key), provider.executor.context().now
    for number in range(count):
        user = names.user(provider.name, f"nobody-{number}")
        pseudonym = holder_pseudonym(key, issuer, window(budget.period, now), user)
        try:
            await tokens.fetcher.one(known, issuer, kept, Holder(user, pseudonym))
        except (NoTokens, PrivacyPassError, Refusal):
            continue
        got += 1
    return got
