"""The local interface: what a provider does for its own users and their clients, who do not come by HTTPS."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import trio

from simulator.drafts.mls_profile import REGULAR
from simulator.drafts.requests.answers import as_asked
from simulator.drafts.requests.endpoint import Endpoint, Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.drafts.search import Search
from simulator.errors import Misuse, hint
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.long_work import Steps
from simulator.net import Unreachable
from simulator.net.failpoint import Failpoint
from simulator.provider.failpoints import ProviderCrashed
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.provider.parts import Parts
from simulator.provider.work_tracker import WorkTracker
from simulator.services.accounts import client_removal, consent, directory, granted_key_packages, key_packages
from simulator.services.asker import AsClient
from simulator.services.commands import FetchKeyPackages, FindUsers, SayConsent
from simulator.services.delivery import outbox, queueing
from simulator.services.refusal import Refusal
from simulator.services.results import FoundUsers, HandedOut, Result
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign
from simulator.storage import ConsentWord, QueuedMessage, StoreError

T = TypeVar("T")


class ClientAPI:
    """Where the provider's own clients are served. The HomeProvider that `clients` ask for."""

    def __init__(self, parts: Parts, handler: RequestHandler, *, unnamed: bool = False) -> None:
        self._parts = parts
        self._unnamed = unnamed
        self._handler = handler

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self._parts.executor.provider

    def register(self, user: str, client: str, suite: int, signature_key: bytes) -> None:
        """A client of a user, new or not, and the key it will sign with. Raises Refusal."""

        def do(context: ServiceContext) -> None:
            directory.register_user(user, context)
            directory.register_client(client, suite, signature_key, context)

        self._parts.executor.do(do)

    def remove_client(self, client: str) -> None:
        """A user took a client off its account. Raises Refusal unknown_user."""
        self._parts.executor.do(lambda context: outbox.keep(client_removal.remove_client(client, context), context))

    def remove_user(self, user: str) -> None:
        """An account ended. Raises Refusal unknown_user."""
        self._parts.executor.do(lambda context: outbox.keep(client_removal.remove_user(user, context), context))

    def publish(self, client: str, published: Sequence[KeyPackage]) -> None:
        """Put KeyPackages of a client into stock. Raises Refusal."""
        self._parts.executor.do(partial(key_packages.upload, client, published))

    def key_packages_left(self, client: str, kind: str) -> tuple[int, bool]:
        """How many of a client's KeyPackages are left, and whether there is one of last resort. Raises Refusal."""
        return self._parts.executor.do(partial(key_packages.left, client, kind))

    async def say_consent(self, command: SayConsent, *, key_packages: bool = False) -> None:
        """A user of ours asks for consent, or answers such a request: noted here if it is an answer, and told to the
        other user's provider if the draft has a request for that; with a KeyPackage of each of the user's clients if
        that is wanted (`key_packages`). Raises as `submit` does.
        """
        draft = self._parts.draft
        if command.word is not ConsentWord.requested:
            self._parts.executor.do(partial(consent.note, command))
        elif draft.consent.write is None:
            raise Misuse(f"nobody is asked for consent in {draft.name}")
        if draft.consent.write is not None:
            if key_packages:
                command = self._parts.executor.do(partial(granted_key_packages.give, command, REGULAR))
            await self.submit(draft.consent.write(command, self._as_provider()))

    def consent_requests(self, user: str) -> tuple[SayConsent, ...]:
        """What a user of ours was asked for and has not answered, oldest first."""
        return self._parts.executor.do(partial(consent.requests_to, user))

    def drop_consent_request(self, request: SayConsent) -> None:
        """A user of ours does not answer: the request is forgotten, and nobody is told."""
        self._parts.executor.do(partial(consent.forget, request))

    def may_have(self, client: str) -> bool:
        """Whether `fetch` could bring a client anything, or fail: quicker to ask than to fetch in vain."""
        executor = self._parts.executor
        if not (executor.is_open and executor.interceptors.are_none and self._parts.failpoints.are_none):
            return True
        try:
            return client not in executor.store.queues.idle()
        except StoreError:  # `fetch` will tell
            return True

    def fetch(self, client: str) -> tuple[QueuedMessage, ...]:
        """What waits for a client, oldest first."""
        queued_messages = self._parts.executor.do(partial(queueing.fetch, client))
        self._parts.failpoints.reached(Failpoint.FETCHED, "fetch")
        return self._parts.executor.interceptors.queued_messages(client, queued_messages)

    def acknowledge(self, client: str, number: int) -> None:
        """A client has everything up to `number`."""
        self._parts.failpoints.reached(Failpoint.ACKNOWLEDGING, "acknowledge")
        self._parts.executor.do(partial(queueing.acknowledge, client, number))
        self._parts.failpoints.reached(Failpoint.ACKNOWLEDGED, "acknowledge")

    def left(self, client: str, group: str) -> None:
        """A client is in a group (a URI) no more."""
        notes = self._parts.draft.own_requests
        if notes is not None:
            self._parts.executor.do(partial(notes.left, client, group))

    async def submit(self, outgoing: Outgoing) -> Result:
        """A client's request: served here if it is for us, else forwarded.

        Raises Refusal, BadAnswer or TransportError.
        """
        try:
            return await self._ask(outgoing)
        except Refusal as refusal:
            if outgoing.recipient == self.provider:  # what others refuse, they tell by themselves
                self._parts.executor.event_log.refused(refusal, None)
            raise

    async def _ask(self, outgoing: Outgoing) -> Result:
        notes = self._parts.draft.own_requests
        if notes is None or outgoing.client is None:
            return await self._answer(outgoing)
        self._parts.executor.do(partial(notes.asking, outgoing))
        try:
            result = await self._answer(outgoing)
        except Refusal:
            self._note(partial(notes.refused, outgoing))
            raise
        self._note(partial(notes.accepted, outgoing))
        return result

    def _note(self, do: Callable[[ServiceContext], None]) -> None:
        """Note what came of a request. Raises ProviderCrashed where we are down by now: it was made."""
        try:
            self._parts.executor.do(do)
        except Unreachable as down:
            raise ProviderCrashed(f"a user of {self.provider}", self.provider, "it crashed") from down

    async def _answer(self, outgoing: Outgoing) -> Result:
        if outgoing.recipient != self.provider:
            return await self._forward(outgoing)
        call = self._parts.draft.call(outgoing.wire_request, self._handler)
        if isinstance(outgoing.endpoint, Endpoint):  # which nobody but our clients may be able to reach
            call = replace(call, found=outgoing.endpoint)
        try:
            reply = await self._handler.serve(call, local=True)
        except Refusal as refusal:
            raise refusal.answered(outgoing.endpoint.refusals.write(refusal).status) from refusal
        return outgoing.endpoint.read(reply)

    async def _forward(self, outgoing: Outgoing) -> Result:
        self._parts.failpoints.reached(Failpoint.FORWARDING, outgoing.operation)
        result = await self._parts.peers.ask(outgoing)
        self._parts.failpoints.reached(Failpoint.FORWARDED, outgoing.operation)
        return result

    async def key_packages(
        self, command: FetchKeyPackages, client: AsClient | None = None, sign: Sign | None = None
    ) -> tuple[KeyPackage, ...]:
        """KeyPackages in the name of a user of ours, by the way that the draft knows; `client` is the one that needs
        them, and signs with `sign` where the draft wants that. Nobody is asked for those that came with the target's
        consent. Raises as `submit` does.
        """
        granted = self._parts.executor.do(partial(granted_key_packages.use, command))
        if granted:
            return granted
        requester = replace(self._as_provider(), client=client, client_sign=sign)
        question = self._parts.draft.write_fetch(command, requester)
        if self._unnamed and question.endpoint.unnamed and question.recipient != self.provider:
            question = self._parts.draft.write_fetch(replace(command, requester=""), requester)
        question = replace(question, user=command.requester)
        answer = await self._ask(question)
        return as_asked(answer, HandedOut, f"{question.recipient} did not answer with KeyPackages").key_packages

    async def find_users(self, command: FindUsers) -> tuple[str, ...]:
        """The users (URIs) of a provider who have some identifiers, as that one answers a user of ours. Raises Misuse
        where the draft has no search, and as `submit` does.
        """
        question = replace(self._search.write(command, self._as_provider()), user=command.requester)
        answer = await self.submit(question)
        return as_asked(answer, FoundUsers, f"{question.recipient} did not answer with users").users

    def set_searchable(self, user: str, kinds: Sequence[str]) -> None:
        """By which kinds of identifiers others find a user of ours from now on. Raises Refusal unknown_user, and Misuse
        for a kind that the draft does not have.
        """
        known = self._search.kinds
        for kind in kinds:
            if kind not in known:
                raise Misuse(f'nobody is searched by "{kind}"{hint(kind, known)}; known: {", ".join(known)}')
        self._parts.executor.do(partial(directory.set_search, user, kinds))

    @property
    def _search(self) -> Search:
        draft = self._parts.draft
        if draft.search is None:
            raise Misuse(f"nobody is found by an identifier in {draft.name}")
        return draft.search

    def _as_provider(self) -> Requester:
        return Requester(self.provider, self._parts.keys.sign)

    async def in_steps(self, steps: Steps[T]) -> T:
        """Do long work of a client, with time for everybody else between its steps. Raises what the work raises."""
        return await done_in_steps(steps, self._parts.work_tracker)

    @property
    def hub_keys(self) -> tuple[bytes, ...]:
        """The public keys with which it speaks in groups whose hub it is."""
        return self._parts.executor.do(self._parts.draft.rules.hub_keys)

    @property
    def provider_key(self) -> bytes | None:
        """The public key that the provider signs its requests with; None in a draft without."""
        key = self._parts.keys.own
        return None if key is None else key.public_key


async def done_in_steps(steps: Steps[T], work_tracker: WorkTracker) -> T:
    """What long work comes to, with time for everybody else between its steps. Raises what the work raises."""
    with work_tracker.working():
        while True:
            try:
                next(steps)
            except StopIteration as done:
                result: T = done.value
                return result
            await trio.lowlevel.checkpoint()
