"""The endpoints of an issuer of Privacy Pass (RFC 9578), at a provider's own domain.

They belong to no draft. What is refused there is refused as each draft refuses what goes to none of its endpoints.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import lru_cache

from simulator.dataclass import dataclass
from simulator.drafts.requests.answers import STATUS
from simulator.drafts.requests.endpoint import Place, Refusals, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import Headers, WireRequest
from simulator.privacy_pass import directory
from simulator.privacy_pass.issuance import REQUEST_TYPE, RESPONSE_TYPE, TokenRequest, TokenResponse
from simulator.rules import check
from simulator.services.results import Done, Result
from simulator.services.tokens.issuer_words import OPERATION, REQUEST_URI

DIRECTORY = "token_directory"


@dataclass(frozen=True, slots=True)
class IssuerEndpoint:
    """One of them. See `HTTPEndpoint`."""

    name: str
    method: str
    template: Template
    request_type: str
    media_type: str
    request: type | None
    response: type | None
    refusals: Refusals = field(repr=False)
    place: Place = Place.own_domain
    success: int = 200
    protectable: bool = False
    unnamed: bool = False
    several: bool = False

    @property
    def path(self) -> str:
        """Its path."""
        return self.template.text

    @property
    def read(self) -> Callable[[Reply], Result]:
        """Whether an issuer has done what it was asked for; what it answered is for those who asked for it."""
        return self._read

    def wire_request(
        self, body: bytes = b"", variables: Mapping[str, str] | None = None, headers: Headers = ()
    ) -> WireRequest:
        """A request to this endpoint, which has no variables."""
        return WireRequest(self.method, self.path, "", headers, body, variables or {})

    def operation_of(self, request: WireRequest) -> str:
        """All requests ask for the same."""
        return self.name

    def _read(self, reply: Reply) -> Result:
        """Raises the issuer's Refusal, or BadAnswer."""
        refusal = self.refusals.read(reply) if self.refusals.is_refusal(reply) else None
        if refusal is not None:
            raise refusal
        check(STATUS, reply.status == self.success, f"HTTP {reply.status}, in no struct of the draft")
        return Done()


@lru_cache(maxsize=64)
def issuer_endpoints(refusals: Refusals) -> tuple[IssuerEndpoint, ...]:
    """All of them, where these are the refusals."""
    listed = directory.MEDIA_TYPE
    return (
        IssuerEndpoint(DIRECTORY, "GET", Template(directory.PATH), listed, listed, None, None, refusals),
        IssuerEndpoint(
            OPERATION,
            "POST",
            Template(REQUEST_URI),
            REQUEST_TYPE,
            RESPONSE_TYPE,
            TokenRequest,
            TokenResponse,
            refusals,
        ),
    )
