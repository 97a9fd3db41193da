"""Whether a provider was told of somebody."""

from typing import Any, ClassVar

from simulator.scenario.names import ProviderRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet
from simulator.trace import Exchange


class NotNamed(Expectation, frozen=True, kw_only=True, tag="not_named"):
    """Nothing that a provider has got so far, in requests or answers, holds the URI of a user or of one of its clients.

    Only what it can read is looked at: the bytes as they came out of TLS.
    """

    spreads: ClassVar[bool] = True

    user: UserRef
    at: ProviderRef

    def check(self, context: Context, before: Any) -> None:
        """Look at all that it was sent."""
        told = naming(context, self.user, self.at)
        if told is not None:
            raise Unmet(f"{self.at} not to be told of {self.user}", f"{told.endpoint} names {self.user}")


def naming(context: Context, user: str, at: str) -> Exchange | None:
    """The first exchange in which a provider got the URI of a user or of one of its clients."""
    uri = context.user_uri(user)
    known = [uri, *(client for each in context.session.everybody if each.uri == uri for client in each.client_uris)]
    hosts = context.hosts(at)
    for exchange in context.session.recorder.exchanges:
        if any(name.encode() in data for data in _got(exchange, at, hosts) for name in known):
            return exchange
    return None


def _got(exchange: Exchange, provider: str, hosts: tuple[str, str]) -> tuple[bytes, ...]:
    """What of an exchange this provider has got: the answer to what it asked, or what it was asked."""
    if exchange.sender == provider:
        fields, body = exchange.response_headers, exchange.response
    elif exchange.recipient in hosts and exchange.provider in (None, provider):
        fields, body = (*exchange.request_headers, ("", exchange.url)), exchange.request
    else:
        return ()
    return (body, *(value.encode() for _, value in fields))
