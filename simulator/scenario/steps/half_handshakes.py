"""A client that begins and never ends."""

from typing import Annotated, ClassVar

import msgspec

from simulator.net import TLSRefusal, TLSRefused, probe_half
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step

_TIMEOUT = 15
"""Real seconds that a server has to hang up: longer than its usual timeout."""


class HalfHandshakes(Step, frozen=True, tag="half_handshakes"):
    """Open many connections to a provider's server, send half a ClientHello (RFC 8446 4.1.2) on each, and be silent:
    until the server hangs up. `half_handshakes: {to: b.example, count: 50}`
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    shorthand: ClassVar[str] = "to"

    to: ProviderRef
    count: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1

    async def run(self, context: Context) -> None:
        """Wait for the end of all. Raises TLSRefused then: so it has to end."""
        host = context.session.peer(self.to).service_host
        outcome = await probe_half(context.session.network, host, self.count, _TIMEOUT)
        if isinstance(outcome, TLSRefusal):
            raise TLSRefused("a client that stops halfway", f"https://{host}", outcome.reason)
