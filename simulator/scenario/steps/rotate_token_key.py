"""An issuer's key changes."""

from typing import ClassVar

from simulator.errors import SimulatorError
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class RotateTokenKey(Step, frozen=True, tag="rotate_token_key"):
    """An issuer of Privacy Pass makes a new key before its time. The last one stays for tokens that were made with it,
    for two windows; one before it does not.
    """

    shorthand: ClassVar[str] = "of"

    of: ProviderRef

    async def run(self, context: Context) -> None:
        """Nothing is sent. Raises SimulatorError for a provider that is down, or issues nothing."""
        provider = context.session.provider(self.of)
        if not provider.is_up:
            raise SimulatorError(f"{self.of} is down, and makes no key")
        tokens = provider.tokens
        if tokens is None or tokens.settings.issues is None:
            raise SimulatorError(f"{self.of} issues no tokens")
        tokens.rotate_key()
