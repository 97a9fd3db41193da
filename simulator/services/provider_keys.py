"""With which keys we and our peers sign what providers say to each other."""

from simulator.mls.crypto import cipher_suite
from simulator.rules import Rule, check
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.refusal import Code, rule
from simulator.services.results import ProviderKey
from simulator.services.service_context import ServiceContext
from simulator.services.signing import GENUINE, Sign, Signature, not_verified_with, signer
from simulator.storage import LATEST, KeptKey, OwnKey

ED25519_SUITE = cipher_suite(1)
"""Providers sign with Ed25519; any suite that does so has the same SignWithLabel."""

PURPOSES = (_PAIR, _ID) = ("verification_key", "verification_key_id")
"""What the randomness of our own key is drawn for: by these names a seed always gives the same key."""

_PUBLIC_KEY_SIZE = 32

_KEYS = "keys of providers"

KNOWN = rule(
    "PROVIDER-KEY-KNOWN",
    Code.sender_unverifiable,
    None,
    essential="there is no key to check a signature with",
    text="Whoever signs as a provider tells its key when it is asked.",
    where=_KEYS,
)
SAME_PROVIDER = rule(
    "PROVIDER-KEY-NAME",
    Code.sender_unverifiable,
    None,
    text="A provider that is asked for its key answers with its own.",
    where=_KEYS,
)
LIFETIME = rule(
    "PROVIDER-KEY-LIFETIME",
    Code.sender_unverifiable,
    None,
    text="The key of a provider is used while it is good, and it is not good for ever.",
    where=_KEYS,
)
SIZE = rule(
    "PROVIDER-KEY-SIZE", Code.sender_unverifiable, None, text="The key of a provider is an Ed25519 key.", where=_KEYS
)

ENDED = Practice("PROVIDER-KEY-ENDED", Kind.expired, "The key of a provider is asked for again when it has ended.")

ASKED = "provider_key"
"""What asking for a key is called in events."""


def own_key(context: ServiceContext) -> OwnKey:
    """The key we sign with; made when there is none yet and again when it is about to end."""
    key = _lasting_key(context)
    if key is not None:
        return key
    pair = ED25519_SUITE.generate_signature_key_pair(context.rand, _PAIR)
    made = OwnKey(
        context.rand(_ID, 8),
        pair.public,
        pair.private,
        max(0, context.now - context.policy.clock_skew),
        context.now + context.policy.key_lifetime,
    )
    context.store.own_keys.add(made)
    return made


def _lasting_key(context: ServiceContext) -> OwnKey | None:
    key = context.store.own_keys.newest(context.now)
    return key if key is not None and context.now + context.policy.key_overlap <= key.not_after else None


def published(context: ServiceContext) -> ProviderKey:
    """What we tell others about the key we sign with."""
    key = own_key(context)
    return ProviderKey(context.provider, key.key_id, key.public_key, key.not_before, key.not_after)


def sign_as_provider(context: ServiceContext) -> Sign:
    """Our own signature."""
    return signer(ED25519_SUITE, own_key(context).private_key)


def sign_with_known_key(context: ServiceContext) -> Sign | None:
    """Our own signature, if the key for it is there and is not about to end."""
    key = _lasting_key(context)
    return None if key is None else signer(ED25519_SUITE, key.private_key)


def known(provider: str, context: ServiceContext) -> ProviderKey | None:
    """The key of another provider, if we know one that is still good; ask for it if not."""
    kept = context.store.peer_keys.get(provider)
    if kept is None:
        return None
    is_good = kept.not_before <= context.now <= kept.not_after
    if not is_good or context.elapsed - kept.fetched > context.policy.max_peer_key_age:
        reason = "what was answered is too old" if is_good else "what was answered is not good now"
        context.decided(Decision(ENDED, reason, ASKED, peer=provider))
        return None
    return ProviderKey(provider, kept.key_id, kept.public_key, kept.not_before, kept.not_after)


def learn(provider: str, key: ProviderKey, context: ServiceContext) -> None:
    """Remember the key that `provider` itself told us over HTTPS.

    Raises Refusal sender_unverifiable if it is another provider's, not good now, good for ever, or no Ed25519 key.
    """
    check(SAME_PROVIDER, key.provider == provider, f"asked {provider} for its key, got one of {key.provider}")
    good = key.not_before <= context.now <= key.not_after <= LATEST
    check(LIFETIME, good, f"the key of {provider} is good from {key.not_before} to {key.not_after}, not now")
    size = len(key.public_key)
    words = f"the key of {provider} has {size} bytes, Ed25519 has {_PUBLIC_KEY_SIZE}"
    check(SIZE, size == _PUBLIC_KEY_SIZE, words)
    context.store.peer_keys.put(
        KeptKey(provider, key.key_id, key.public_key, key.not_before, key.not_after, fetched=context.elapsed)
    )


def verifies(signature: Signature, key: ProviderKey) -> bool:
    """Whether it was made with this key."""
    return signature.verifies(ED25519_SUITE, key.public_key)


def check_signature(signature: Signature, key: ProviderKey, genuine: Rule = GENUINE) -> None:
    """Whether the provider that `key` belongs to made this signature. Raises Refusal, by this rule."""
    check(genuine, verifies(signature, key), not_verified(key))


def not_verified(key: ProviderKey) -> str:
    """What to say of a signature that this provider's key did not make."""
    return not_verified_with(f"{key.provider} (key id {key.key_id.hex()})")
