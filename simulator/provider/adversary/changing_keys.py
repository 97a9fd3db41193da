"""An issuer of Privacy Pass shows each asker a key of his own, and knows him by it when he comes with a token."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from simulator.drafts.requests.template import Template
from simulator.net import HTTPReply, HTTPRequest
from simulator.privacy_pass import directory
from simulator.provider.adversary.answering import Answering
from simulator.provider.interceptors import Interceptor
from simulator.provider.provider import Provider
from simulator.provider.token_parts import TokenParts
from simulator.services.service_context import ServiceContext
from simulator.services.tokens import issuing
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuer_keys import rotated
from simulator.storage import IssuerKey

_UNAUTHORIZED = 401

Keys = tuple[IssuerKey, ...]


def key_per_challenge(provider: Provider, tokens: TokenParts, budget: IssuerBudget) -> tuple[Interceptor, ...]:
    """As an origin that issues its own tokens it shows another key with each challenge, and takes no tokens of those
    before, so that everybody needs a challenge. Its directory goes on showing what it shows now.
    """
    published = partial(issuing.published, budget, tokens.settings.window)
    listed = directory.write_directory(provider.executor.do(published))
    _change(provider, lambda _, context: rotated((), context.now, context.rand))
    pinned = Answering(Template(directory.PATH), lambda reply: replace(reply, body=listed))
    return pinned, _AnotherKey(provider, tokens)


def key_per_directory(provider: Provider) -> Interceptor:
    """It shows another key, and the last one, with each answer of its directory."""

    def lie(reply: HTTPReply) -> HTTPReply:
        _change(provider, lambda keys, context: rotated(keys, context.now, context.rand))
        return reply

    return Answering(Template(directory.PATH), lie)


class _AnotherKey(Interceptor):
    """A challenge is followed by another key; its own is good until a token has paid."""

    def __init__(self, provider: Provider, tokens: TokenParts) -> None:
        self._provider = provider
        self._tokens = tokens

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """The same; what comes next is different."""
        if self._tokens.protects(request.path):
            if reply.status == _UNAUTHORIZED:
                _change(self._provider, lambda keys, context: rotated(keys, context.now, context.rand))
            else:
                _change(self._provider, lambda keys, _: keys[:1])
        return reply


def _change(provider: Provider, change: Callable[[Keys, ServiceContext], Keys]) -> None:
    def do(context: ServiceContext) -> None:
        context.store.issuer_keys.put(change(context.store.issuer_keys.all(), context))

    provider.executor.do(do)
