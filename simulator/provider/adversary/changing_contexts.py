"""An origin of Privacy Pass shows each asker a challenge of his own, and knows him by it when he comes with a token."""

from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.interceptors import Interceptor
from simulator.provider.provider import Provider
from simulator.provider.token_parts import TokenParts
from simulator.services.service_context import ServiceContext
from simulator.services.tokens.origin import CONTEXT_KEY

_UNAUTHORIZED = 401
_KEY_SIZE = 32


class ContextPerChallenge(Interceptor):
    """A challenge is good until a token has paid for something. The next has another context; so has the first."""

    def __init__(self, provider: Provider, tokens: TokenParts) -> None:
        self._provider = provider
        self._tokens = tokens
        self._change()

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """The same; what comes next is different."""
        if self._tokens.protects(request.path) and reply.status != _UNAUTHORIZED:
            self._change()
        return reply

    def _change(self) -> None:
        def do(context: ServiceContext) -> None:
            context.store.token_secrets.put(CONTEXT_KEY, context.rand(CONTEXT_KEY, _KEY_SIZE))

        self._provider.executor.do(do)
