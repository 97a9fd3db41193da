"""A provider with the wrong certificate."""

from typing import ClassVar

from simulator.federation import Certificate
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step


class PresentCertificate(Step, frozen=True, tag="present_certificate"):
    """From now on a provider's server shows this certificate in new connections."""

    conduct: ClassVar[Conduct] = Conduct.hostile

    provider: ProviderRef
    certificate: Certificate

    def culprits(self, context: Context) -> tuple[str, ...]:
        """Whose certificate it is."""
        return (self.provider,)

    async def run(self, context: Context) -> None:
        """`good` brings its own certificate back."""
        await context.session.present(self.provider, self.certificate)
