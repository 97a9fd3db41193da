"""A provider that invents users."""

from typing import Annotated, ClassVar

import msgspec

from simulator.provider.adversary import ask_as_invented_users
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.token_parties import paying
from simulator.scenario.step import Conduct, Step


class AskAsOthers(Step, frozen=True, kw_only=True, tag="ask_as_others"):
    """A provider asks for a token of Privacy Pass for each of so many users that it does not have, for the challenge
    that another provider has shown it last, whose issuer counts by user.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    by: ProviderRef
    from_: ProviderRef = msgspec.field(name="from")
    users: Annotated[int, msgspec.Meta(ge=1, le=1000)]

    async def run(self, context: Context) -> None:
        """Ask the issuer, whatever it answers. Raises SimulatorError where no challenge was shown, or tokens are not
        counted by user.
        """
        provider, tokens = paying(context, self.by)
        await ask_as_invented_users(provider, tokens, context.session.peer(self.from_).service_host, self.users)
