"""From an HTTP request to its reply: every check of PROTOCOL.md section 2, in its order."""

from collections.abc import Callable
from functools import partial

from simulator.drafts.draft import Draft, Incoming, Reply
from simulator.net import HTTPReply, HTTPRequest, covers
from simulator.provider.activity import Activity
from simulator.provider.desk import Desk
from simulator.provider.milestones import Milestones, Point
from simulator.provider.peers import Peers
from simulator.provider.reception import SECTION, answer, find, in_http
from simulator.services.directory import check_peer_signature
from simulator.services.refusal import Code, Refusal


class Dispatch:
    """One provider's ear: the handler that its server calls."""

    def __init__(
        self,
        draft: Draft,
        desk: Desk,
        peers: Peers,
        activity: Activity,
        milestones: Milestones,
        *,
        mutual_tls: bool,
        report: Callable[[Exception], None],
    ):
        self._draft = draft
        self._desk = desk
        self._peers = peers
        self._activity = activity
        self._milestones = milestones
        self._mutual_tls = mutual_tls
        self._report = report

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """The reply: a result, a refusal, or 500 for a fault of our own, which goes to `report` too."""
        with self._activity.part():
            return await answer(
                self._draft, self._desk.provider, request.path, partial(self._open, request), self._report
            )

    async def _open(self, request: HTTPRequest) -> HTTPReply:
        endpoint = find(self._draft, request, self._desk.provider, self._desk.ds_host)
        return in_http(await self._serve(request, endpoint.open(request.body)))

    async def _serve(self, request: HTTPRequest, incoming: Incoming) -> Reply:
        envelope = incoming.envelope
        try:
            envelope.check_recipient(self._desk.provider)
            self._milestones.reached(Point.DECODED, envelope.operation)
            self._check_rate(request, incoming)
            if incoming.signature is not None:
                await self._check_signature(incoming)
            return self._desk.perform(incoming)
        except Refusal as refusal:
            named = refusal.named(envelope.operation, self._desk.provider, envelope.group)
            self._desk.diary.refused(named, envelope.sender)
            raise named from refusal

    def _check_rate(self, request: HTTPRequest, incoming: Incoming) -> None:
        """Draw from the buckets. With mutual TLS nobody can draw from those that are in somebody else's name."""
        address = (f"address {request.peer.address[0]}",)
        if self._mutual_tls:
            self._desk.check_rate(address)
            self._check_certificate(request, incoming)
            self._desk.check_rate(incoming.envelope.rate_keys)
        else:
            self._desk.check_rate((*address, *incoming.envelope.rate_keys))

    def _check_certificate(self, request: HTTPRequest, incoming: Incoming) -> None:
        """With mutual TLS, whoever says it is `sender` must have shown a certificate for that name."""
        sender = incoming.envelope.sender
        if sender is not None and not covers(request.peer.certificate or b"", sender):
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
            check_peer_signature(signature, key)
        except Refusal:
            fresh = await self._peers.verification_key(sender, replacing=key)
            if fresh == key:
                raise
            check_peer_signature(signature, fresh)
