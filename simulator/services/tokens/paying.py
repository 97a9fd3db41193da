"""What a provider that asks remembers and decides of its tokens, in its store."""

from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.crowds import check_crowd
from simulator.privacy_pass.errors import InvalidChallenge, PrivacyPassError
from simulator.privacy_pass.following import AskedOrigin, ShownChallenge, check_key, check_offer
from simulator.privacy_pass.issuance import PendingToken, request_token
from simulator.privacy_pass.redemption_context import window
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.token_keys import token_key_id
from simulator.privacy_pass.www_authenticate import ChallengeOffer
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.service_context import ServiceContext
from simulator.services.tokens.allowances import check_allowance
from simulator.services.tokens.fetching import HOLDER_KEY
from simulator.services.tokens.payments import Outcome, outcome
from simulator.services.tokens.settings import TokenSettings
from simulator.services.tokens.wallet import presentable
from simulator.storage import KnownChallenge, Payment, WalletToken

IGNORED = Practice(
    "TOKEN-CHALLENGE-IGNORED",
    Kind.challenge_ignored,
    "For a challenge that is not followed nothing is fetched or redeemed.",
)
PAYS_AGAIN = Practice(
    "TOKEN-PAYS-AGAIN", Kind.pays_again, "A request without an answer is repeated with the same token."
)
UNSAID = 60
"""For how many seconds a challenge is taken that does not say for how long it is good."""
_KEY_SIZE = 32


def check_granted(user: str, origin: str, settings: TokenSettings, context: ServiceContext) -> None:
    """Whether a user may use another token at an origin. Raises Refusal rate_limited."""
    if settings.allowance is not None:
        this = window(settings.allowance.period, context.now)
        used = context.store.used_allowances.used(user, origin, this.number)
        check_allowance(settings.allowance, used, context.now)


def ignored(wrong: PrivacyPassError, peer: str, operation: str, context: ServiceContext) -> None:
    """Tell that a challenge is not followed, and by which rule."""
    context.decided(Decision(IGNORED, wrong.text, operation, peer=peer, details={"rule": wrong.rule}))


def asks(origin: str, endpoint: str, context: ServiceContext) -> bool:
    """Whether an endpoint, by name, of an origin (host) has asked for a token before. Others of it may be free."""
    return endpoint in context.store.protected_endpoints.of(origin)


def believe(known: KnownChallenge, issuer: str, endpoint: str, context: ServiceContext) -> None:
    """Take a challenge that an endpoint has sent for the origin's present one, if the issuer's directory, of which a
    copy is there, has its key. Raises InvalidChallenge.
    """
    check_listed(known, issuer, context)
    context.store.known_challenges.put(known)
    context.store.protected_endpoints.add(known.origin, endpoint)


def known_challenge(origin: str, context: ServiceContext) -> KnownChallenge | None:
    """The challenge of an origin (host) that is not over."""
    known = context.store.known_challenges.get(origin)
    return known if known is not None and context.elapsed < known.until else None


def follow(
    offer: ChallengeOffer, asked: AskedOrigin, settings: TokenSettings, since: int, context: ServiceContext
) -> KnownChallenge:
    """Take a challenge for the origin's present one, as far as that can be done without its issuer's directory. `since`
    is when the request was sent, in elapsed seconds. Raises InvalidChallenge.
    """
    known = known_challenge(asked.host, context)
    shown = None if known is None else _shown(known)
    check_offer(offer, asked, settings.trusts, shown, context.elapsed)
    until = since + (UNSAID if offer.max_age is None else offer.max_age)
    return KnownChallenge(asked.host, offer.challenge, offer.token_key, until)


def is_over(known: KnownChallenge, context: ServiceContext) -> bool:
    """Whether no token may be presented for a challenge any more."""
    return context.elapsed >= known.until


def check_listed(known: KnownChallenge, issuer: str, context: ServiceContext) -> None:
    """Whether the issuer's directory, of which a copy is there, has the key of the challenge. Raises
    InvalidChallenge.
    """
    kept = context.store.token_directories.get(issuer)
    if kept is not None:
        check_key(ChallengeOffer(known.challenge, known.token_key), kept, context.elapsed)


def holder_key(context: ServiceContext) -> bytes:
    """What the pseudonyms of our users follow from."""
    key = context.store.token_secrets.get(HOLDER_KEY)
    if key is None:
        key = context.rand(HOLDER_KEY, _KEY_SIZE)
        context.store.token_secrets.put(HOLDER_KEY, key)
    return key


def pending_token(known: KnownChallenge, token_key: bytes, holder: str | None, context: ServiceContext) -> PendingToken:
    """What to ask for, with this key (SPKI): what was asked for before and did not come, in the same octets, which an
    issuer does not count again. Raises InvalidTokenKey.
    """
    rows, digest = context.store.pending_tokens, challenge_digest(known.challenge)
    pending = rows.get(digest, token_key, holder)
    if pending is None:
        pending = request_token(digest, token_key, context.rand)
        rows.forget(context.elapsed)
        rows.put(pending, holder, known.until)
    return pending


def give_up(pending: PendingToken, holder: str | None, context: ServiceContext) -> None:
    """Ask for it no more."""
    context.store.pending_tokens.remove(pending, holder)


def keep(known: KnownChallenge, issuer: str, token: Token, holder: str | None, context: ServiceContext) -> None:
    """Put a token into the wallet, and forget what is over with its challenge; what pays for a request goes with its
    token, when nobody repeats that request any more.
    """
    context.store.wallet.forget(context.elapsed, context.policy.repetition_window)
    context.store.payments.forget()
    context.store.wallet.add(WalletToken(known.origin, issuer, token, holder, known.until))


def presentable_token(known: KnownChallenge, holder: str | None, context: ServiceContext) -> WalletToken | None:
    """The next token for a challenge, if there is one in the wallet."""
    rows = [each for each in context.store.wallet.of(known.origin) if _is_listed(each, known, context)]
    return presentable(rows, known.origin, _shown(known), holder, context.elapsed)


def is_in_crowd(found: WalletToken, settings: TokenSettings, context: ServiceContext) -> bool:
    """Whether so many users got a token like this one that it says nothing about who presents it."""
    return found.holder is None or context.store.wallet.holders(found.token) >= settings.crowd


def pay(
    found: WalletToken, user: str, request: bytes, tokens: int, settings: TokenSettings, context: ServiceContext
) -> Payment:
    """Take a token out of the wallet to pay for a request (digest). Raises InvalidChallenge, where too few users have
    one like it, and Refusal rate_limited.
    """
    if found.holder is not None:
        check_crowd(context.store.wallet.holders(found.token), settings.crowd)
    check_granted(user, found.origin, settings, context)
    if settings.allowance is not None:
        number = window(settings.allowance.period, context.now).number
        context.store.used_allowances.add(user, found.origin, number)
    context.store.wallet.take(found.token)
    payment = Payment(user, request, found.token, tokens)
    context.store.payments.put(payment)
    return payment


def paid_before(user: str, request: bytes, operation: str, context: ServiceContext) -> Payment | None:
    """What pays for a request already, of which nothing is known to have come."""
    payment = context.store.payments.get(user, request)
    if payment is not None:
        words = "nobody knows what became of this request"
        context.decided(Decision(PAYS_AGAIN, words, operation, details={"nonce": payment.token.nonce.hex()}))
    return payment


def settle_payment(payment: Payment, status: int, challenged: bool, context: ServiceContext) -> Outcome:
    """What an answer makes of a payment."""
    what = outcome(payment, status, challenged=challenged)
    if what is not Outcome.repeat:
        context.store.payments.remove(payment)
    return what


def _is_listed(each: WalletToken, known: KnownChallenge, context: ServiceContext) -> bool:
    """Whether the issuer's directory, of which a copy is there, has the key that a token was made with; or nobody minds
    that the key of the challenge is another.
    """
    kept, key_id = context.store.token_directories.get(each.issuer), each.token.token_key_id
    if kept is None or any(token_key_id(key.token_key) == key_id for key in kept.directory.keys):
        return True
    if known.token_key is None or token_key_id(known.token_key) != key_id:
        return False
    try:
        check_listed(known, each.issuer, context)
    except InvalidChallenge:
        return False
    return True


def _shown(known: KnownChallenge) -> ShownChallenge:
    return ShownChallenge(challenge_digest(known.challenge), known.until)
