"""An origin that knows whom it has shown a challenge by the token."""

from typing import ClassVar

from simulator.errors import SimulatorError
from simulator.provider.adversary import ContextPerChallenge
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.token_parties import paying
from simulator.scenario.step import Conduct, Step


class LieInChallenges(Step, frozen=True, kw_only=True, tag="lie_in_challenges"):
    """From now on an origin of Privacy Pass has another challenge as soon as a token has paid for something, and takes
    no tokens for those before: also not for the one up to now.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    shorthand: ClassVar[str] = "by"

    by: ProviderRef

    async def run(self, context: Context) -> None:
        """Nothing is sent yet. Raises SimulatorError for a provider that takes no tokens."""
        provider, tokens = paying(context, self.by)
        if not tokens.settings.protects:
            raise SimulatorError(f"{provider.name} takes no tokens")
        provider.executor.interceptors.begin(ContextPerChallenge(provider, tokens))
