"""The other providers, as one provider reaches them: where they are, with which key they sign, what they answer."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

import trio

from simulator.drafts.draft import BadAnswer, Draft, Endpoint, Outgoing, Reply
from simulator.net import ConnectionLost, HTTPClient, TransportError
from simulator.provider.activity import Activity
from simulator.provider.desk import Desk
from simulator.provider.shared import Shared
from simulator.services import directory
from simulator.services.commands import FetchVerificationKey
from simulator.services.refusal import Code, Refusal
from simulator.services.restraint import Restraint
from simulator.services.results import DSHost, Result, VerificationKey


class Peers:
    """Asks over HTTPS; remembers DS hosts and verification keys in the provider's store, as long as those are good.

    Several requests that need the same host or key at once ask for it once.
    """

    def __init__(
        self, draft: Draft, desk: Desk, http: HTTPClient, activity: Activity, discovered: Callable[[str, str], None]
    ) -> None:
        self._discovered = discovered
        self._draft = draft
        self._desk = desk
        self._http = http
        self._activity = activity
        self._asking: dict[trio.CancelScope, None] = {}
        self._discovering: Shared[str] = Shared(activity)
        self._fetching_key: Shared[VerificationKey] = Shared(activity)
        self._refetching = Restraint(desk.site().policy.key_refetch)

    async def ask(self, outgoing: Outgoing) -> Result:
        """Send a request and read the answer. Raises the peer's Refusal, BadAnswer or TransportError."""
        reply = await self.send(outgoing.recipient, outgoing.endpoint, outgoing.body, outgoing.operation)
        return outgoing.endpoint.read(reply)

    async def send(self, provider: str, endpoint: Endpoint, body: bytes, operation: str | None = None) -> Reply:
        """Send these bytes to an endpoint of a provider, whatever they are. Raises BadAnswer or TransportError."""
        with self._activity.working():
            host = await self.ds_host(provider)
            reply = await self._exchange(provider, endpoint, host, body, operation)
            if reply.status == HTTPStatus.MISDIRECTED_REQUEST:
                self._desk.do(partial(directory.forget_ds_host, provider))
            return reply

    def hang_up(self) -> None:
        """Let everybody who waits for an answer lose the connection now."""
        for asking in tuple(self._asking):
            asking.cancel()

    async def ds_host(self, provider: str) -> str:
        """Where a provider's Delivery Service is ([T] discovery). Raises BadAnswer or TransportError."""
        known = self._desk.do(partial(directory.ds_host, provider))
        if known is not None:
            return known
        with self._activity.working():
            return await self._discovering.ask(provider, partial(self._discover, provider))

    async def _discover(self, provider: str) -> str:
        endpoint = self._draft.discovery
        answer = endpoint.read(await self._exchange(provider, endpoint, provider))
        if not isinstance(answer, DSHost):
            raise BadAnswer(f"https://{provider}{endpoint.path} did not answer with a DS host")
        try:
            self._desk.do(partial(directory.learn_ds_host, provider, answer))
        except Refusal as refusal:
            raise BadAnswer(refusal.rule) from refusal
        self._discovered(provider, answer.host)
        return answer.host

    async def verification_key(self, provider: str, *, replacing: VerificationKey | None = None) -> VerificationKey:
        """The key a provider signs with; `replacing` a known one that fails means to ask again, if that was not done a
        moment ago: whoever sends us rubbish in its name must not make us ask for its key each time.

        Raises Refusal sender_unverifiable where the provider can't be asked or has no good answer.
        """
        if provider == self._desk.provider:
            return self._desk.do(directory.verification_key)
        known = self._desk.do(partial(directory.peer_key, provider))
        if known is not None and (
            known != replacing or not self._refetching.allows(provider, self._desk.site().elapsed)
        ):
            return known
        with self._activity.working():
            return await self._fetching_key.ask(provider, partial(self._fetch_key, provider))

    async def _fetch_key(self, provider: str) -> VerificationKey:
        question = self._draft.write(FetchVerificationKey(), sender=self._desk.provider, recipient=provider)
        try:
            answer = await self.ask(question)
        except (TransportError, BadAnswer, Refusal) as error:
            rule = f"the verification key of {provider} can't be had: {error}"
            raise Refusal(Code.sender_unverifiable, rule, "PROTOCOL.md section 5") from error
        if not isinstance(answer, VerificationKey):
            raise Refusal(Code.sender_unverifiable, f"{provider} did not answer with a key", "PROTOCOL.md section 5")
        self._desk.do(partial(directory.learn_peer_key, provider, answer))
        return answer

    async def _exchange(
        self, provider: str, endpoint: Endpoint, host: str, body: bytes = b"", operation: str | None = None
    ) -> Reply:
        url = f"https://{host}{endpoint.path}"
        with trio.CancelScope() as asking:
            self._asking[asking] = None
            try:
                reply = await self._http.request(
                    endpoint.method,
                    url,
                    body,
                    content_type=endpoint.media_type if endpoint.request is not None else None,
                    endpoint=endpoint.name,
                    operation=operation or endpoint.name,
                    recipient=provider,
                )
            finally:
                del self._asking[asking]
            return Reply(reply.status, reply.headers, reply.body)
        raise ConnectionLost(self._desk.provider, url, f"{self._desk.provider} went down")
