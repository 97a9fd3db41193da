"""An issuer of Privacy Pass, at a provider's own domain: its directory, and token requests."""

from collections.abc import Callable
from functools import partial

from simulator.codec import encode
from simulator.drafts.issuer_endpoints import IssuerEndpoint
from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import HTTPRefusal, Reply
from simulator.drafts.requests.http_checks import http_rule
from simulator.mls.crypto.signature import Ed25519
from simulator.net import HTTPReply, HTTPRequest
from simulator.net.failpoint import Failpoint
from simulator.privacy_pass import directory
from simulator.privacy_pass.issuance import RESPONSE_TYPE, TokenResponse
from simulator.privacy_pass.message_signature import Attestation, RequestTarget
from simulator.provider.incoming.http_binding import answer, in_http, wire_request
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.provider.parts import Parts
from simulator.rules import check, enforced_by, refuse
from simulator.services.names import BadName, fqdn
from simulator.services.refusal import Code, Refusal, rule
from simulator.services.results import ProviderKey
from simulator.services.service_context import ServiceContext
from simulator.services.tokens import issuing
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuer_keys import MAX_AGE
from simulator.services.tokens.issuer_words import OPERATION
from simulator.services.tokens.token_requests import MOST_BYTES, attested, certified, check_holder, check_signed

HOST = http_rule("PP-DIRECTORY-2", Code.malformed, 421, "RFC 9578 4", part="HOST")
METHOD = http_rule("PP-DIRECTORY-1", Code.unsupported_operation, 405, "RFC 9578 4", part="METHOD")
MEDIA_TYPE = http_rule("PP-ISSUE-1", Code.malformed, 415, "RFC 9578 6.1", part="MEDIA-TYPE")
LENGTH = http_rule(
    "PP-ISSUE-3", Code.malformed, 413, "RFC 9578 6.1", part="LENGTH", essential="the rest of it is not read"
)
NAME = rule("PP-ATTEST-1", Code.invalid_signature, None, part="NAME", essential="nobody has such a name")
CERTIFICATE = rule("PP-ATTEST-1", Code.not_authorized, None, part="CERTIFICATE")
ADDRESS = rule("PP-BUDGET-1", Code.rate_limited, None, part="ADDRESS")

_SCHEME = Ed25519()


class TokenIssuer:
    """Serves the draft's `issuer_endpoints`, with the draft's refusals."""

    def __init__(
        self,
        budget: IssuerBudget,
        period: int,
        parts: Parts,
        handler: RequestHandler,
        report: Callable[[Exception], None],
    ) -> None:
        self._budget = budget
        self._period = period
        self._parts = parts
        self._handler = handler
        self._report = report
        self._rows = {row.path: row for row in parts.draft.issuer_endpoints}

    def serves(self, path: str) -> bool:
        """Whether an issuer's endpoint is there."""
        return path in self._rows

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """The reply, also where something is wrong with the request."""
        call = Call(wire_request(request), None, self._handler)
        with self._parts.work_tracker.part(), enforced_by(self._parts.executor.enforcement):
            return await answer(self._parts.draft, call, partial(self._serve, request), self._report)

    async def _serve(self, request: HTTPRequest) -> HTTPReply:
        row, asker = self._rows[request.path], None
        try:
            _check_http(request, row, self._parts.executor.provider)
            if row.request is None:
                return in_http(self._directory())
            attestation = self._attested(request)
            asker = attestation.provider
            return in_http(await self._token(request, attestation))
        except Refusal as refusal:
            named = refusal.named(row.name, self._parts.executor.provider)
            self._parts.executor.event_log.refused(named, asker)
            raise named from refusal

    def _attested(self, request: HTTPRequest) -> Attestation:
        """Who says to ask. Raises Refusal invalid_signature, or the draft's."""
        sender, now = self._parts.draft.sender, self._parts.executor.context().now
        if sender is None:
            return attested(_target(request), request.headers, now)
        return certified(sender.read(wire_request(request)), request.headers, now)

    def _directory(self) -> Reply:
        published = self._parts.executor.do(partial(issuing.published, self._budget, self._period))
        headers = (("content-type", directory.MEDIA_TYPE), ("cache-control", f"max-age={MAX_AGE}"))
        return Reply(200, headers, directory.write_directory(published))

    async def _token(self, request: HTTPRequest, attestation: Attestation) -> Reply:
        executor, points = self._parts.executor, self._parts.failpoints
        executor.check_rate((f"address {request.peer.address[0]}",), {"address": ADDRESS})
        await self._check_asker(attestation, request)
        check_holder(attestation, self._budget)

        def issue(context: ServiceContext) -> TokenResponse:
            response = issuing.issue(attestation, request.body, self._budget, self._period, context)
            points.reached(Failpoint.DECIDED, OPERATION)
            return response

        points.reached(Failpoint.VERIFIED, OPERATION)
        try:
            response = executor.do(issue)
        except Refusal as refusal:
            if refusal.code != Code.malformed:
                raise
            unprocessable = HTTPRefusal(refusal.code, refusal.rule, refusal.section, status=422)
            unprocessable.rules = refusal.rules
            raise unprocessable from refusal
        points.reached(Failpoint.COMMITTED, OPERATION)
        return Reply(200, (("content-type", RESPONSE_TYPE),), encode(response))

    async def _check_asker(self, attestation: Attestation, request: HTTPRequest) -> None:
        """Raises Refusal invalid_signature, not_authorized and sender_unverifiable."""
        asker = attestation.provider
        try:
            fqdn(asker)
        except BadName as wrong:
            refuse(NAME, f"the request is signed by nobody: {wrong}", wrong)
        if self._handler.mutual_tls:
            covered = wire_request(request).covers(asker)
            check(CERTIFICATE, covered, f"the TLS client certificate does not cover {asker}")
        if self._parts.draft.sender is not None:
            return
        key = await self._parts.keys.of(asker)
        if not _verifies(key)(attestation.base, attestation.signature):
            key = await self._parts.keys.of(asker, replacing=key)
        check_signed(attestation, _verifies(key))


def _verifies(key: ProviderKey) -> Callable[[bytes, bytes], bool]:
    return lambda content, signature: _SCHEME.verify(key.public_key, content, signature)


def _target(request: HTTPRequest) -> RequestTarget:
    return RequestTarget(request.host, request.path, request.body)


def _check_http(request: HTTPRequest, row: IssuerEndpoint, issuer: str) -> None:
    """Raises HTTPRefusal 421, 405, 415 and 413."""
    method, path = row.method, row.path
    check(HOST, request.host == issuer, f"{path} is served at {issuer}, not at {request.host or 'no host'}")
    words = f"{path} takes {method}, not {request.method}"
    check(METHOD, request.method == method, words, headers=(("allow", method),))
    if row.request is not None:
        wanted, found = row.request_type, (request.header("content-type") or "").strip().lower()
        check(MEDIA_TYPE, found == wanted, f"the content type is {wanted}, not {found or 'missing'}")
        if request.body_too_large or len(request.body) > MOST_BYTES:
            refuse(LENGTH, f"a token request has at most {MOST_BYTES} octets")
