"""Which users and clients are ours."""

from functools import partial

from simulator.mls.crypto import cipher_suite
from simulator.rules import Rule, check
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import ClientKey

OURS = Rule("RFC 9420 5.3.1", partial(Refusal, Code.unknown_user))
"""That a client is one of its provider's, its Authentication Service; for what others ask a draft has rules."""


def register_user(user: str, context: ServiceContext) -> None:
    """A new user of ours; nothing happens if it is registered. Raises BadName, Refusal not_authorized."""
    if user_provider(user) != context.provider:
        raise Refusal(Code.not_authorized, f"{user} is not a user of {context.provider}")
    context.store.users.add(user)


def register_client(client: str, suite: int, signature_key: bytes, context: ServiceContext) -> None:
    """A new client of a registered user, or a further signature key of a client.

    We are our users' authentication service: from now on this key speaks for the client. `suite` is a cipher suite
    that signs with it. Raises BadName, UnsupportedCipherSuite, and Refusal unknown_user.
    """
    user = parse_client(client).user
    if not context.store.users.exists(user):
        raise Refusal(Code.unknown_user, f"{user} is not a user of {context.provider}")
    context.store.users.add_client(client, user)
    context.store.users.add_key(client, ClientKey(cipher_suite(suite).value, signature_key))


def check_client(client: str, context: ServiceContext, ours: Rule = OURS) -> None:
    """Raises Refusal, unknown_user unless a rule says otherwise, if this client is none of ours."""
    check(ours, context.store.users.client_exists(client), f"{client} is not a client of {context.provider}")
