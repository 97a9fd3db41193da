"""Agree to a connection."""

from typing import ClassVar

import msgspec

from simulator.clients import NoRequest
from simulator.clients.events.events import Rejected
from simulator.drafts.features import DraftFeature
from simulator.errors import SimulatorError
from simulator.scenario.names import ClientRef, GroupRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class AcceptConnection(Step, frozen=True, tag="accept_connection"):
    """Let the other user, who has asked, add one to groups, and join the group that the request invites to, if any;
    from then on both are connected.
    """

    spreads: ClassVar[bool] = True

    by: ClientRef
    from_: UserRef | None = msgspec.field(name="from", default=None)
    group: GroupRef | None = None
    """The connection group that one is invited to, whoever asks, instead of `from`."""
    key_packages: bool = False
    """Whether a KeyPackage of each of the user's clients goes with the answer, so that nobody need ask for them."""

    def __post_init__(self) -> None:
        """Raises SimulatorError."""
        if (self.from_ is None) == (self.group is None):
            raise SimulatorError("whose request is accepted is said by from or by group, one of them")

    def needed(self) -> tuple[DraftFeature, ...]:
        """Consent, groups of its own where one is named, a place for KeyPackages where some go along."""
        said = {
            DraftFeature.consent: True,
            DraftFeature.connection_groups: self.group is not None,
            DraftFeature.key_packages_with_consent: self.key_packages,
        }
        return tuple(feature for feature, is_meant in said.items() if is_meant)

    async def run(self, context: Context) -> None:
        """Answer the request that waits at the client. Raises NoRequest, with why the client has rejected what waited
        where it has just done so.
        """
        client = context.session.client(self.by)
        if self.from_ is None:
            await client.accept_request(context.group(self.group or ""))
            return
        user = context.user_uri(self.from_)
        known = len(client.events)
        try:
            await client.accept_connection(user, key_packages=self.key_packages)
        except NoRequest as error:
            rejected = [event for event in client.events[known:] if isinstance(event, Rejected)]
            if not rejected:
                raise
            text = f"{client.uri} has no connection request of {user} to answer"
            raise NoRequest(
                f"{text}: {client.name} rejected what waited: {'; '.join(map(_reason, rejected))}"
            ) from error


def _reason(event: Rejected) -> str:
    """With the rule, which the words of MLS end with anyway."""
    return event.reason if event.rule in event.reason else f"{event.reason} ({event.rule})"
