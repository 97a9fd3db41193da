"""An issuer that knows whom it has given a token by the key."""

from enum import StrEnum
from typing import ClassVar

from simulator.provider.adversary import key_per_challenge, key_per_directory
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.token_parties import issuing, own_issuer
from simulator.scenario.step import Conduct, Step


class Each(StrEnum):
    """With what another key is shown."""

    challenge = "challenge"
    """With each challenge; the directory goes on showing what it shows now."""
    directory = "directory"
    """With each answer of the directory."""


class LieAboutTokenKey(Step, frozen=True, kw_only=True, tag="lie_about_token_key"):
    """From now on an issuer of Privacy Pass shows another key each time. Tokens that were made before, also those of
    the key that it has shown up to now, it soon takes no more.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    shorthand: ClassVar[str] = "by"

    by: ProviderRef
    each: Each = Each.challenge

    async def run(self, context: Context) -> None:
        """Nothing is sent yet. Raises SimulatorError for a provider that issues nothing, and where it shows no
        challenges for its own tokens.
        """
        if self.each is Each.directory:
            provider, *_ = issuing(context, self.by)
            provider.executor.interceptors.begin(key_per_directory(provider))
            return
        provider, tokens, budget = own_issuer(context, self.by)
        for interceptor in key_per_challenge(provider, tokens, budget):
            provider.executor.interceptors.begin(interceptor)
