"""Tokens are got before anybody needs one."""

import msgspec

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.token_parties import paying
from simulator.scenario.step import Step


class FetchTokens(Step, frozen=True, kw_only=True, tag="fetch_tokens"):
    """A provider gets tokens of Privacy Pass for the challenge that another one has shown it last, from whoever issues
    them: for itself, or for each of its users who has none, as the issuer counts.
    """

    by: ProviderRef
    from_: ProviderRef = msgspec.field(name="from")

    async def run(self, context: Context) -> None:
        """Ask the issuer. Raises SimulatorError where no challenge was shown, or no tokens are had."""
        _, tokens = paying(context, self.by)
        await tokens.fetch(context.session.peer(self.from_).service_host)
