"""The local interface: what a provider does for its own users and their clients, who do not come by HTTPS."""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

import trio

from simulator.drafts.draft import BadAnswer, Draft, Outgoing
from simulator.mls.key_package import KeyPackage
from simulator.mls.steps import Steps
from simulator.provider.activity import Activity
from simulator.provider.desk import Desk
from simulator.provider.milestones import Milestones, Point
from simulator.provider.peers import Peers
from simulator.services import connections, departures, directory, key_packages, outbox, queueing
from simulator.services.commands import FetchConnectionKeyPackages, FetchGroupKeyPackages
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Refusal
from simulator.services.results import HandedOut, Result
from simulator.services.site import Site
from simulator.storage import KeyPackageKind, QueuedMessage

T = TypeVar("T")


class Counter:
    """Where the provider's own clients are served. The Home that `clients` ask for."""

    def __init__(self, draft: Draft, desk: Desk, peers: Peers, activity: Activity, milestones: Milestones) -> None:
        self._draft = draft
        self._desk = desk
        self._peers = peers
        self._activity = activity
        self._milestones = milestones

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self._desk.provider

    def register(self, user: str, client: str, suite: int, signature_key: bytes) -> None:
        """A client of a user, new or not, and the key it will sign with. Raises Refusal."""

        def do(site: Site) -> None:
            directory.register_user(user, site)
            directory.register_client(client, suite, signature_key, site)

        self._desk.do(do)

    def remove_client(self, client: str) -> None:
        """A user took a client off its account. Raises Refusal unknown_user."""
        self._desk.do(lambda site: outbox.keep(departures.remove_client(client, site), site))

    def remove_user(self, user: str) -> None:
        """An account ended. Raises Refusal unknown_user."""
        self._desk.do(lambda site: outbox.keep(departures.remove_user(user, site), site))

    def publish(self, client: str, published: Sequence[KeyPackage]) -> None:
        """Put KeyPackages of a client into stock. Raises Refusal."""
        self._desk.do(partial(key_packages.upload, client, published))

    def key_packages_left(self, client: str, *, connection: bool) -> tuple[int, bool]:
        """How many of a client's KeyPackages are left, and whether there is one of last resort. Raises Refusal."""
        kind = KeyPackageKind.connection if connection else KeyPackageKind.regular
        return self._desk.do(partial(key_packages.left, client, kind))

    def connect(self, user: str, other: str) -> None:
        """`user`, one of ours, asked to be connected to `other`, or agreed to it. Raises Refusal unknown_user."""
        self._desk.do(partial(connections.accepted, user, other))

    def fetch(self, client: str) -> tuple[QueuedMessage, ...]:
        """What waits for a client, oldest first."""
        letters = self._desk.do(partial(queueing.fetch, client))
        self._milestones.reached(Point.FETCHED, "fetch")
        return self._desk.conduct.letters(client, letters)

    def acknowledge(self, client: str, number: int) -> None:
        """A client has everything up to `number`."""
        self._milestones.reached(Point.ACKNOWLEDGING, "acknowledge")
        self._desk.do(partial(queueing.acknowledge, client, number))
        self._milestones.reached(Point.ACKNOWLEDGED, "acknowledge")

    async def submit(self, outgoing: Outgoing) -> Result:
        """A client's request: served here if we own the group, else forwarded ([DS], the proxied flow).

        Raises Refusal, BadAnswer or TransportError.
        """
        if outgoing.recipient != self.provider:
            return await self._forward(outgoing)
        incoming = outgoing.endpoint.open(outgoing.body)
        envelope = incoming.envelope
        try:
            envelope.check_recipient(self.provider)
            self._milestones.reached(Point.DECODED, envelope.operation)
            self._desk.check_rate(envelope.rate_keys)
            return outgoing.endpoint.read(self._desk.perform(incoming))
        except Refusal as refusal:
            named = refusal.named(envelope.operation, self.provider, envelope.group)
            self._desk.diary.refused(named, None)
            raise named from refusal

    async def _forward(self, outgoing: Outgoing) -> Result:
        self._milestones.reached(Point.FORWARDING, outgoing.operation)
        result = await self._peers.ask(outgoing)
        self._milestones.reached(Point.FORWARDED, outgoing.operation)
        return result

    async def key_packages(self, command: FetchConnectionKeyPackages | FetchGroupKeyPackages) -> tuple[KeyPackage, ...]:
        """KeyPackages from the target's provider, in the requester's name. Raises as `submit` does."""
        recipient = _provider_of(command)
        if recipient == self.provider:
            return self._desk.do(partial(self._hand_out, command)).key_packages
        sign = self._desk.do(directory.sign_as_provider)
        question = self._draft.write(command, sender=self.provider, recipient=recipient, sign=sign)
        answer = await self._forward(question)
        if not isinstance(answer, HandedOut):
            raise BadAnswer(f"{recipient} did not answer with KeyPackages")
        return answer.key_packages

    async def in_steps(self, steps: Steps[T]) -> T:
        """Do long work of a client, with time for everybody else between its steps. Raises what the work raises."""
        with self._activity.working():
            while True:
                try:
                    next(steps)
                except StopIteration as done:
                    result: T = done.value
                    return result
                await trio.lowlevel.checkpoint()

    async def verification_key(self, provider: str) -> bytes:
        """The public key of a provider, which a new group's `external_senders` names. Raises Refusal."""
        return (await self._peers.verification_key(provider)).public_key

    def _hand_out(self, command: FetchConnectionKeyPackages | FetchGroupKeyPackages, site: Site) -> HandedOut:
        try:
            if isinstance(command, FetchConnectionKeyPackages):
                return key_packages.for_connection(command, self.provider, site)
            return key_packages.for_group(command, self.provider, site)
        except Refusal as refusal:
            raise refusal.named(command.operation, self.provider) from refusal


def _provider_of(command: FetchConnectionKeyPackages | FetchGroupKeyPackages) -> str:
    if isinstance(command.target, str):
        return user_provider(command.target)
    return parse_client(command.target[0]).provider
