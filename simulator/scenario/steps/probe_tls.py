"""A client that speaks an old TLS."""

from typing import ClassVar, Literal

from simulator.net import TLSRefusal, TLSRefused
from simulator.scenario.context import Context
from simulator.scenario.names import ProviderRef
from simulator.scenario.step import Step


class ProbeTLS(Step, frozen=True, tag="probe_tls"):
    """Offer a provider's server no TLS version newer than `maximum_version` ([T]: TLS 1.3 or higher)."""

    shorthand: ClassVar[str] = "to"

    to: ProviderRef
    maximum_version: Literal["1.2", "1.3"] = "1.2"

    async def run(self, context: Context) -> None:
        """Only a handshake. Raises TLSRefused if one side refuses it."""
        outcome = await context.session.probe_tls(self.to, maximum_version=self.maximum_version)
        if isinstance(outcome, TLSRefusal):
            host = context.session.peer(self.to).ds_host
            raise TLSRefused(f"a TLS {self.maximum_version} client", f"https://{host}", outcome.reason)
