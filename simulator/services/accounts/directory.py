"""Which users and clients are ours."""

from collections.abc import Sequence

from simulator.mls.crypto import cipher_suite
from simulator.rules import Rule, check
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import ClientKey

_ACCOUNTS = "accounts"

DOMAIN = rule(
    "ACCOUNT-DOMAIN",
    Code.not_authorized,
    None,
    text="Whoever gets an account at a provider has a name of that provider's.",
    where=_ACCOUNTS,
)
USER = rule(
    "ACCOUNT-USER",
    Code.unknown_user,
    None,
    essential="there is no account to which anything could be done",
    text="What is done for a user, is done at the provider where the user has an account.",
    where=_ACCOUNTS,
)
OURS = rule(
    "ACCOUNT-CLIENT",
    Code.unknown_user,
    None,
    essential="there is no account to which anything could be done",
    text="What is done for a client, is done at the provider that knows its key.",
    where=_ACCOUNTS,
)
"""A provider is its clients' Authentication Service (RFC 9420 5.3.1); for what others ask a draft has rules."""


def register_user(user: str, context: ServiceContext) -> None:
    """A new user of ours; nothing happens if it is registered. Raises BadName, Refusal not_authorized."""
    check(DOMAIN, user_provider(user) == context.provider, f"{user} is not a user of {context.provider}")
    context.store.users.add(user)


def register_client(client: str, suite: int, signature_key: bytes, context: ServiceContext) -> None:
    """A new client of a registered user, or a further signature key of a client.

    We are our users' authentication service: from now on this key speaks for the client. `suite` is a cipher suite
    that signs with it. Raises BadName, UnsupportedCipherSuite, and Refusal unknown_user.
    """
    user = parse_client(client).user
    check_user(user, context)
    context.store.users.add_client(client, user)
    context.store.users.add_key(client, ClientKey(cipher_suite(suite).value, signature_key))


def set_search(user: str, kinds: Sequence[str], context: ServiceContext) -> None:
    """By which kinds of identifiers (the draft's names) others find a user of ours. Raises Refusal unknown_user."""
    check_user(user, context)
    context.store.users.set_search(user, kinds)


def check_user(user: str, context: ServiceContext) -> None:
    """Raises Refusal unknown_user if this user is none of ours."""
    check(USER, context.store.users.exists(user), f"{user} is not a user of {context.provider}")


def check_client(client: str, context: ServiceContext, ours: Rule = OURS) -> None:
    """Raises Refusal, unknown_user unless a rule says otherwise, if this client is none of ours."""
    check(ours, context.store.users.client_exists(client), f"{client} is not a client of {context.provider}")
