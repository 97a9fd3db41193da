"""From an HTTP request to its reply: every check of protocol.md section 2, in its order."""

from collections.abc import Callable
from typing import NoReturn

import trio

from simulator.drafts.draft import Draft, Endpoint, Incoming, Reply
from simulator.net import HTTPReply, HTTPRequest, TransportError, dns_names
from simulator.provider.activity import Activity
from simulator.provider.desk import Desk
from simulator.provider.milestones import Milestones, Point
from simulator.provider.peers import Peers
from simulator.services.directory import check_peer_signature
from simulator.services.refusal import Code, Refusal

SECTION = "protocol.md section 2"


class Misdirected(Exception):
    """A request that HTTP alone can refuse: the refusal, with HTTP's own status and headers for it."""

    def __init__(self, refusal: Refusal, status: int, *headers: tuple[str, str]) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.status = status
        self.headers = headers


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
        try:
            with self._activity.part():
                return _http(await self._serve(request))
        except Misdirected as misdirected:
            reply = self._draft.refuse(self._named(misdirected.refusal, request.path), misdirected.status)
            return _http(reply, *misdirected.headers)
        except TransportError:  # of all that we do only our own desk lets one through, when it is closed
            await trio.sleep_forever()  # until we are cancelled: a provider that crashed answers nobody
        except Refusal as refusal:
            return _http(self._draft.refuse(self._named(refusal, request.path)))
        except Exception as error:
            self._report(error)
            fault = Refusal(Code.internal, f"{self._desk.provider} failed; its log says why")
            return _http(self._draft.refuse(fault))

    async def _serve(self, request: HTTPRequest) -> Reply:
        endpoint = self._find(request)
        incoming = endpoint.open(request.body)
        envelope = incoming.envelope
        try:
            envelope.check_recipient(self._desk.provider)
            self._milestones.reached(Point.DECODED, envelope.operation)
            self._check_rate(request, incoming)
            if incoming.signature is not None:
                await self._check_signature(incoming)
            return self._desk.perform(incoming)
        except Refusal as refusal:
            raise refusal.named(envelope.operation, self._desk.provider, envelope.group) from refusal

    def _find(self, request: HTTPRequest) -> Endpoint:
        """The endpoint that a request is for, its HTTP parts checked. Raises Misdirected."""
        discovery = self._draft.discovery
        host = self._desk.provider if request.path == discovery.path else self._desk.ds_host
        if request.host != host:
            _misdirect(421, Code.malformed, f"{request.path} is served at {host}, not at {request.host or 'no host'}")
        endpoint = self._draft.endpoint(request.path)
        if endpoint is None:
            _misdirect(404, Code.unsupported_operation, f"there is no endpoint {request.path}")
        if request.method != endpoint.method:
            rule = f"{request.path} takes {endpoint.method}, not {request.method}"
            _misdirect(405, Code.unsupported_operation, rule, ("allow", endpoint.method))
        if endpoint.request is not None:
            found = request.header("content-type")
            if (found or "").strip().lower() != endpoint.media_type:
                _misdirect(415, Code.malformed, f"the content type is {endpoint.media_type}, not {found or 'missing'}")
        coding = request.header("content-encoding")
        if coding is not None and coding.strip().lower() != "identity":
            rule = f"no content coding is taken, and nothing is decompressed: {coding}"
            _misdirect(415, Code.malformed, rule, ("accept-encoding", "identity"))
        if request.body_too_large:
            _misdirect(413, Code.malformed, "the body is larger than this provider takes")
        return endpoint

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
        if sender is not None and sender not in dns_names(request.peer.certificate or b""):
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

    def _named(self, refusal: Refusal, path: str) -> Refusal:
        return refusal.named(path, self._desk.provider)


def _misdirect(status: int, code: Code, rule: str, *headers: tuple[str, str]) -> NoReturn:
    raise Misdirected(Refusal(code, rule, SECTION), status, *headers)


def _http(reply: Reply, *headers: tuple[str, str]) -> HTTPReply:
    return HTTPReply(reply.status, (*reply.headers, *headers), reply.body)
