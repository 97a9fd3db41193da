"""Which users and clients are ours, with which keys we and our peers sign, and where peers' Delivery Services are."""

from simulator.mls.crypto import cipher_suite
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.results import DSHost, VerificationKey
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, Signature, signer
from simulator.storage import ClientKey, KeptHost, KeptKey, OwnKey

ED25519_SUITE = cipher_suite(1)
"""Providers sign with Ed25519; any suite that does so has the same SignWithLabel."""

LATEST = 2**63 - 1
"""The last moment that the store can count to; a uint64 on the wire may be later."""

_PUBLIC_KEY_SIZE = 32


def register_user(user: str, context: ServiceContext) -> None:
    """A new user of ours; nothing happens if it is registered. Raises BadName, Refusal not_authorized."""
    if user_provider(user) != context.provider:
        raise Refusal(Code.not_authorized, f"{user} is not a user of {context.provider}", "PROTOCOL.md section 1")
    context.store.users.add(user)


def register_client(client: str, suite: int, signature_key: bytes, context: ServiceContext) -> None:
    """A new client of a registered user, or a further signature key of a client.

    We are our users' authentication service: from now on this key speaks for the client. `suite` is a cipher suite
    that signs with it. Raises BadName, UnsupportedCipherSuite, and Refusal unknown_user.
    """
    user = parse_client(client).user
    if not context.store.users.exists(user):
        raise Refusal(Code.unknown_user, f"{user} is not a user of {context.provider}", "PROTOCOL.md section 1")
    context.store.users.add_client(client, user)
    context.store.users.add_key(client, ClientKey(cipher_suite(suite).value, signature_key))


def check_client(client: str, context: ServiceContext) -> None:
    """Raises Refusal unknown_user unless this client is ours."""
    if not context.store.users.client_exists(client):
        raise Refusal(Code.unknown_user, f"{client} is not a client of {context.provider}", "PROTOCOL.md section 5")


def own_key(context: ServiceContext) -> OwnKey:
    """The key we sign with; made when there is none yet and again when it is about to end."""
    key = context.store.own_keys.newest(context.now)
    if key is not None and context.now + context.policy.key_overlap <= key.not_after:
        return key
    pair = ED25519_SUITE.generate_signature_key_pair(context.rand, "verification_key")
    made = OwnKey(
        context.rand("verification_key_id", 8),
        pair.public,
        pair.private,
        max(0, context.now - context.policy.clock_skew),
        context.now + context.policy.key_lifetime,
    )
    context.store.own_keys.add(made)
    return made


def verification_key(context: ServiceContext) -> VerificationKey:
    """What we tell others about the key we sign with."""
    key = own_key(context)
    return VerificationKey(context.provider, key.key_id, key.public_key, key.not_before, key.not_after)


def sign_as_provider(context: ServiceContext) -> Sign:
    """Our own signature."""
    return signer(ED25519_SUITE, own_key(context).private_key)


def peer_key(provider: str, context: ServiceContext) -> VerificationKey | None:
    """The key of another provider, if we know one that is still good; ask for it if not."""
    kept = context.store.peer_keys.get(provider)
    if kept is None or not kept.not_before <= context.now <= kept.not_after:
        return None
    if context.elapsed - kept.fetched > context.policy.max_peer_key_age:
        return None
    return VerificationKey(provider, kept.key_id, kept.public_key, kept.not_before, kept.not_after)


def learn_peer_key(provider: str, key: VerificationKey, context: ServiceContext) -> None:
    """Remember the key that `provider` itself told us over HTTPS.

    Raises Refusal sender_unverifiable if it is another provider's, not good now, good for ever, or no Ed25519 key.
    """
    if key.provider != provider:
        raise _unverifiable(f"asked {provider} for its key, got one of {key.provider}")
    if not key.not_before <= context.now <= key.not_after <= LATEST:
        raise _unverifiable(f"the key of {provider} is good from {key.not_before} to {key.not_after}, not now")
    if len(key.public_key) != _PUBLIC_KEY_SIZE:
        raise _unverifiable(f"the key of {provider} has {len(key.public_key)} bytes, Ed25519 has {_PUBLIC_KEY_SIZE}")
    context.store.peer_keys.put(
        KeptKey(provider, key.key_id, key.public_key, key.not_before, key.not_after, fetched=context.elapsed)
    )


def check_peer_signature(signature: Signature, key: VerificationKey) -> None:
    """Whether the provider that `key` belongs to made this signature. Raises Refusal invalid_signature."""
    signature.check(ED25519_SUITE, key.public_key, f"{key.provider} (key id {key.key_id.hex()})")


def ds_host(provider: str, context: ServiceContext) -> str | None:
    """Where a provider's Delivery Service is: our own, or another's if its answer to discovery is still fresh."""
    if provider == context.provider:
        return context.ds_host
    kept = context.store.hosts.get(provider)
    return None if kept is None or kept.expires <= context.elapsed else kept.host


def forget_ds_host(provider: str, context: ServiceContext) -> None:
    """The host we knew says that it is not that provider's (HTTP 421): ask again next time."""
    context.store.hosts.remove(provider)


def learn_ds_host(provider: str, answer: DSHost, context: ServiceContext) -> None:
    """Remember an answer to discovery for as long as it says, but not longer than we believe such things.

    Raises Refusal sender_unverifiable if it names ourselves: whoever answers so would have us talk to ourselves. Only
    who shares our DS host may name that.
    """
    ours = answer.host == context.ds_host and provider not in context.neighbours
    if ours or answer.host == context.provider:
        raise _unverifiable(f"{provider} says that its Delivery Service is at {answer.host}, which is us")
    max_age = min(answer.max_age, context.policy.ds_host_max_age)
    if max_age > 0:
        context.store.hosts.put(KeptHost(provider, answer.host, context.elapsed + max_age))


def _unverifiable(rule: str) -> Refusal:
    return Refusal(Code.sender_unverifiable, rule, "PROTOCOL.md section 5")
