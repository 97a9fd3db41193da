"""From an HTTP request to its reply: every check of PROTOCOL.md section 2, in its order."""

from collections.abc import Callable
from functools import partial

from simulator.drafts.draft import Draft
from simulator.drafts.endpoint import Endpoint, Envelope, Incoming, Reply
from simulator.drafts.wire_request import WireRequest
from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.failpoints import Failpoint, Failpoints
from simulator.provider.http_checks import SECTION, answer, find, in_http, wire_request
from simulator.provider.peers import Peers
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.work_tracker import WorkTracker
from simulator.services.provider_keys import check_signature
from simulator.services.refusal import Code, Refusal


class Dispatch:
    """One provider's ear: the handler that its server calls."""

    def __init__(
        self,
        draft: Draft,
        executor: ServiceExecutor,
        peers: Peers,
        work_tracker: WorkTracker,
        failpoints: Failpoints,
        *,
        mutual_tls: bool,
        report: Callable[[Exception], None],
    ):
        self._draft = draft
        self._executor = executor
        self._peers = peers
        self._work_tracker = work_tracker
        self._failpoints = failpoints
        self._mutual_tls = mutual_tls
        self._report = report

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """The reply: a result, a refusal, or 500 for a fault of our own, which goes to `report` too."""
        with self._work_tracker.part():
            return await answer(
                self._draft, self._executor.provider, request.path, partial(self._open, request), self._report
            )

    async def _open(self, request: HTTPRequest) -> HTTPReply:
        asked = wire_request(request)
        endpoint, asked = find(self._draft, asked, self._executor.provider, self._executor.ds_host)
        return in_http(await self._serve(asked, endpoint))

    async def _serve(self, request: WireRequest, endpoint: Endpoint) -> Reply:
        """What is cheap comes first: a request that is refused by its head costs no more than its head."""
        known = endpoint.head(request)
        try:
            known.check_recipient(self._executor.provider)
            self._check_sender(request, known)
            incoming = endpoint.open(request)
            known = incoming.envelope
            self._failpoints.reached(Failpoint.DECODED, known.operation)
            self._executor.check_rate(known.rate_keys)
            if incoming.signature is not None:
                await self._check_signature(incoming)
            return self._executor.perform(incoming)
        except Refusal as refusal:
            named = refusal.named(known.operation, self._executor.provider, known.group)
            self._executor.event_log.refused(named, known.sender)
            raise named from refusal

    def _check_sender(self, request: WireRequest, head: Envelope) -> None:
        """Draw from the buckets. With mutual TLS nobody can draw from those that are in somebody else's name."""
        address = (f"address {request.address}",)
        if self._mutual_tls:
            self._executor.check_rate(address)
            self._check_certificate(request, head.sender)
            self._executor.check_rate(head.rate_keys)
        else:
            self._executor.check_rate((*address, *head.rate_keys))

    def _check_certificate(self, request: WireRequest, sender: str | None) -> None:
        """With mutual TLS, whoever says it is `sender` must have shown a certificate for that name."""
        if sender is not None and not request.covers(sender):
            raise Refusal(
                Code.not_authorized, f"the TLS client certificate does not cover the sender {sender}", SECTION
            )

    async def _check_signature(self, incoming: Incoming) -> None:
        """A signature by the sending provider: with its cached key first, once more with a fresh one (rotation)."""
        sender, signature = incoming.envelope.sender, incoming.signature
        if sender is None or signature is None:
            return
        key = await self._peers.verification_key(sender)
        try:
            check_signature(signature, key)
        except Refusal:
            fresh = await self._peers.verification_key(sender, replacing=key)
            if fresh == key:
                raise
            check_signature(signature, fresh)
