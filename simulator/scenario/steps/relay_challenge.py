"""An origin that shows another one's challenge, to be paid with tokens that are good there."""

from dataclasses import replace
from typing import ClassVar

from simulator.net import HTTPReply
from simulator.provider.adversary import Answering
from simulator.scenario.names import EndpointRef, ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step, Unmet

_CHALLENGE = "www-authenticate"


class RelayChallenge(Step, frozen=True, kw_only=True, tag="relay_challenge"):
    """From now on an origin of Privacy Pass shows whoever brings it no token the challenge that another one has last
    shown it. Until it is told to `behave`.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    by: ProviderRef
    of: ProviderRef
    endpoint: EndpointRef
    """Where it shows it."""

    async def run(self, context: Context) -> None:
        """Nothing is sent yet. Raises Unmet where it was shown no challenge."""
        fields = [
            tuple(field for field in exchange.response_headers if field[0].lower() == _CHALLENGE)
            for exchange in context.exchanges(None, self.by, self.of)
        ]
        shown = next((each for each in reversed(fields) if each), None)
        if shown is None:
            raise Unmet(f"a challenge that {self.of} has shown {self.by}", "there was none")

        def relay(reply: HTTPReply) -> HTTPReply:
            others = tuple(field for field in reply.headers if field[0].lower() != _CHALLENGE)
            return replace(reply, headers=(*others, *shown)) if len(others) < len(reply.headers) else reply

        relaying = Answering(context.endpoint(self.endpoint).template, relay)
        context.session.provider(self.by).executor.interceptors.begin(relaying)
