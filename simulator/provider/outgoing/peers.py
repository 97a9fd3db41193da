"""The other providers, as one provider reaches them: where they are, what they answer."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from simulator.drafts.draft import Draft
from simulator.drafts.requests.answers import as_asked
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing, Place, Reply
from simulator.drafts.requests.wire_request import Headers
from simulator.net import HTTPClient, TimedOut, TransportError
from simulator.provider.outgoing.single_flight import SingleFlight
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.work_tracker import WorkTracker
from simulator.rules import enforced_by
from simulator.services import discovery
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Refusal
from simulator.services.results import DiscoveryDocument, Result
from simulator.services.service_context import ServiceContext

if TYPE_CHECKING:
    from simulator.provider.outgoing.payer import Payer


class Peers:
    """Asks over HTTPS; remembers answers to discovery in the provider's store, as long as those are good.

    Several requests that need the same answer at once ask for it once.
    """

    def __init__(
        self,
        draft: Draft,
        executor: ServiceExecutor,
        http: HTTPClient,
        work_tracker: WorkTracker,
        discovered: Callable[[str, str], None],
    ) -> None:
        self._discovered = discovered
        self._draft = draft
        self._executor = executor
        self._http = http
        self._work_tracker = work_tracker
        self._discovering: SingleFlight[bytes] = SingleFlight(work_tracker)
        self.payer: Payer | None = None
        """Who pays where a token is wanted; without one nobody does."""

    async def ask(self, outgoing: Outgoing) -> Result:
        """Send a request and read the answer. Raises the peer's Refusal, BadAnswer or TransportError."""
        with enforced_by(self._executor.enforcement):
            return outgoing.endpoint.read(await self.send(outgoing))

    async def outcome(self, outgoing: Outgoing) -> Result | Refusal | Failed:
        """What becomes of a request: also where there is no answer, or none that can be read."""
        try:
            return await self.ask(outgoing)
        except Refusal as refusal:
            return refusal
        except TransportError as error:
            return Failed(str(error), timed_out=isinstance(error, TimedOut))
        except BadAnswer as error:
            return Failed(str(error), error.retry_after)

    async def send(self, outgoing: Outgoing, *, pays: bool = True) -> Reply:
        """Send a request, whatever is in it, and give back any answer; `pays` says whether a token is got where one is
        wanted. Raises BadAnswer or TransportError, and Refusal where there is none left.
        """
        with self._work_tracker.working():
            url = await self.url(outgoing)
            if self.payer is not None and outgoing.endpoint.protectable and pays:
                reply = await self.payer.send(outgoing, url, lambda paid: self._exchange(paid, url))
            else:
                reply = await self._exchange(outgoing, url)
            if reply.status == HTTPStatus.MISDIRECTED_REQUEST:
                self._executor.do(partial(discovery.forget, outgoing.recipient))
            return reply

    async def url(self, outgoing: Outgoing) -> str:
        """Where a request goes. Raises BadAnswer or TransportError."""
        if outgoing.endpoint.place is Place.own_domain:
            return f"https://{outgoing.recipient}{outgoing.wire_request.path}"
        return self._draft.discovery.url(await self._document(outgoing.recipient), outgoing)

    async def hosts(self, provider: str) -> tuple[str, ...]:
        """Where a provider says that it serves. Raises BadAnswer or TransportError."""
        return self._draft.discovery.hosts(await self._document(provider))

    def hang_up(self) -> None:
        """Let everybody who waits for an answer lose the connection now."""
        self._http.hang_up()

    async def _document(self, provider: str) -> bytes:
        """What discovery yields. Raises BadAnswer or TransportError."""
        if provider == self._executor.provider:
            return self._executor.do(self._draft.discovery.own)
        known = self._executor.look(partial(discovery.known, provider))
        if known is not None:
            return known
        with self._work_tracker.working():
            return await self._discovering.ask(provider, partial(self._discover, provider))

    async def _discover(self, provider: str) -> bytes:
        question = self._draft.discovery.write(self._executor.provider, provider)
        url = await self.url(question)
        reply = await self._exchange(question, url)
        with enforced_by(self._executor.enforcement):
            answer = question.endpoint.read(reply)
            answer = as_asked(answer, DiscoveryDocument, f"{url} did not answer where {provider} serves")
        self._executor.do(partial(self._learn, provider, answer))
        for host in self._draft.discovery.hosts(answer.content):
            self._discovered(provider, host)
        return answer.content

    def _learn(self, provider: str, answer: DiscoveryDocument, context: ServiceContext) -> None:
        self._draft.discovery.check(provider, answer.content, context)
        discovery.learn(provider, answer, context)

    async def _exchange(self, outgoing: Outgoing, url: str) -> Reply:
        endpoint, request = outgoing.endpoint, outgoing.wire_request
        return await self.request(
            request.method,
            url,
            request.body,
            content_type=endpoint.request_type if endpoint.request is not None else None,
            headers=request.headers,
            endpoint=endpoint.name,
            operation=outgoing.operation,
            recipient=outgoing.recipient,
            variables=outgoing.variables,
        )

    async def request(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        content_type: str | None = None,
        headers: Headers = (),
        endpoint: str,
        operation: str | None = None,
        recipient: str,
        variables: Mapping[str, str] | None = None,
    ) -> Reply:
        """Carry out one exchange, of whatever protocol; any status is an answer. Raises TransportError."""
        reply = await self._http.request(
            method,
            url,
            body,
            content_type=content_type,
            headers=headers,
            endpoint=endpoint,
            operation=operation or endpoint,
            recipient=recipient,
            variables=variables,
        )
        return Reply(reply.status, reply.headers, reply.body)
