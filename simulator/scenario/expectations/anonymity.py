"""What a token hides."""

from typing import Annotated, Any

import msgspec

from simulator.errors import SimulatorError
from simulator.scenario.names import ProviderRef, StepRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet
from simulator.trace.anonymity import anonymity


class Anonymity(Expectation, frozen=True, kw_only=True, tag="anonymity"):
    """So many users can have paid with a token of Privacy Pass in a step, by all that these providers know together:
    holders for whom the issuer has signed, after the origin has shown the challenge and before the token was used, what
    the token can have been made of. Whom one of them was told in the step is known to all. If none of them is the
    issuer, or it counts by provider, it can be any user of whoever asked.
    """

    of: StepRef
    seen_by: tuple[ProviderRef, ...]
    users: Annotated[int, msgspec.Meta(ge=1)]

    def check(self, context: Context, before: Any) -> None:
        """Look at what they have got and sent. Raises Unsupported where one of them is external: nobody here sees all
        that it gets.
        """
        for name in self.seen_by:
            context.session.provider(name)
        users: dict[str, dict[str, tuple[str, ...]]] = {}
        for user in context.session.everybody:
            users.setdefault(user.at, {})[user.name] = (user.uri, *user.client_uris)
        seeing = f"{' and '.join(self.seen_by)} {'has' if len(self.seen_by) == 1 else 'have'} seen"
        wanted = f"{self.users} user{'s'[: self.users != 1]} who can have paid in {self.of}, by what {seeing}"
        try:
            found = anonymity(context.session.recorder.exchanges, context.label(self.of) or "", self.seen_by, users)
        except SimulatorError as why:
            raise Unmet(wanted, str(why)) from why
        if found.users != self.users:
            raise Unmet(wanted, f"there are {found.users}: {found.why}")
