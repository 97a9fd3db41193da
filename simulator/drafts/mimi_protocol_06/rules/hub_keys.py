"""The keys with which a hub speaks in its rooms: one to propose and to answer with, one to frank with."""

from simulator.mls.crypto import cipher_suite
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, signer
from simulator.storage import LATEST, OwnKey

PROPOSING, FRANKING = b"external_sender", b"franking"
"""The ids under which we keep them, and for what the randomness of each is drawn."""

ED25519_SUITE = cipher_suite(1)
"""Hubs sign with Ed25519; any suite that does so has the same SignWithLabel."""


def hub_keys(context: ServiceContext) -> tuple[bytes, ...]:
    """The public keys of our entry in `external_senders` and of the franking agent."""
    return proposing_key(context).public_key, franking_key(context).public_key


def proposing_key(context: ServiceContext) -> OwnKey:
    """With which we propose as external sender, and sign what joiners get to know."""
    return _key(PROPOSING, context)


def proposing_sign(context: ServiceContext) -> Sign:
    """The same as a function that signs."""
    return signer(ED25519_SUITE, proposing_key(context).private_key)


def franking_key(context: ServiceContext) -> OwnKey:
    """With which we assert what we have accepted."""
    return _key(FRANKING, context)


def _key(key_id: bytes, context: ServiceContext) -> OwnKey:
    """Made when it is first needed. Rooms name it for as long as they live, so it does not end."""
    known = context.store.own_keys.by_id(key_id)
    if known is not None:
        return known
    pair = ED25519_SUITE.generate_signature_key_pair(context.rand, key_id.decode())
    made = OwnKey(key_id, pair.public, pair.private, 0, LATEST)
    context.store.own_keys.add(made)
    return made
