"""An issuer that knows who pays because nobody else can."""

from collections.abc import Collection
from typing import ClassVar

from simulator.federation.user import User
from simulator.privacy_pass.holders import holder_pseudonym
from simulator.privacy_pass.redemption_context import window
from simulator.provider.adversary import selective_issuing
from simulator.scenario.names import ProviderRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.token_parties import issuing
from simulator.scenario.step import Conduct, Step
from simulator.services.tokens import paying


class IssueSelectively(Step, frozen=True, kw_only=True, tag="issue_selectively"):
    """From now on an issuer of Privacy Pass gives tokens to these users alone, whose pseudonyms somebody has told it.
    Others hear that their budget is used up.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    by: ProviderRef
    to: tuple[UserRef, ...]

    async def run(self, context: Context) -> None:
        """Nothing is sent yet. Raises SimulatorError for a provider that issues nothing, and Unsupported for users of
        an external provider.
        """
        session = context.session
        provider, _, budget = issuing(context, self.by)
        users = [session.user(name) for name in self.to]
        keys = {user.at: session.provider(user.at).executor.do(paying.holder_key) for user in users}

        def of(user: User) -> bytes:
            return holder_pseudonym(keys[user.at], provider.name, window(budget.period, provider.clock.now()), user.uri)

        def pseudonyms() -> Collection[bytes]:
            return [of(user) for user in users]

        provider.executor.interceptors.begin(selective_issuing(provider, budget, session.draft, pseudonyms))
