"""One request while it is served, and the checks that a draft makes of it in its own order."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Protocol

from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Endpoint, Envelope, Incoming
from simulator.drafts.requests.wire_request import WireRequest
from simulator.privacy_pass.token import Token
from simulator.rules import Rule
from simulator.services.refusal import Refusal
from simulator.services.signing import Signature
from simulator.storage import KeptAnswer


class Server(Protocol):
    """Who serves a request, for the checks: a provider, or a host that several of them share."""

    @property
    def name(self) -> str:
        """The provider's, or the host's."""
        ...

    @property
    def domain(self) -> str | None:
        """Where it serves what is at a provider's own domain; None if it does not."""
        ...

    @property
    def service_host(self) -> str:
        """Where it serves everything else."""
        ...

    @property
    def mutual_tls(self) -> bool:
        """Whether everybody has to show a certificate."""
        ...

    def check_rate(self, keys: Sequence[str], rules: Mapping[str, Rule]) -> None:
        """Draw a token from each of these buckets, or from none. Raises Refusal rate_limited, by the rule for the kind
        of the emptiest bucket.
        """
        ...

    def decoded(self, operation: str) -> None:
        """Hear that a request has been decoded and is meant for it."""
        ...

    def protects(self, endpoint: Endpoint | None) -> bool:
        """Whether it takes a token at this endpoint."""
        ...

    async def check_token(self, call: "Call") -> None:
        """Read and verify the token that pays for a request, and look for the answer that the same one got before.

        Raises Refusal token_required, invalid_token or token_spent.
        """
        ...

    def spend_token(self, call: "Call") -> None:
        """Remember that its token was presented with this request."""
        ...

    async def check_signature(self, sender: str, signature: Signature, genuine: Rule) -> None:
        """Whether this provider has signed. Raises Refusal, by the rule that signatures are `genuine`, or
        sender_unverifiable.
        """
        ...


@dataclass(slots=True)
class Call:
    """A request as far as it is known: what has been read of it is here once a check has read it."""

    request: WireRequest
    found: Endpoint | None
    """The endpoint at its path, if there is one."""
    server: Server
    head: Envelope | None = None
    incoming: Incoming | None = None
    token: Token | None = None
    """What pays for it, once that is verified."""
    spent: bool = False
    """Whether that is remembered."""
    kept: KeptAnswer | None = None
    """The answer that the same request with the same token got before: then there is nothing else to do."""

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint, for checks that come after that of the path. Raises LookupError where there is none."""
        if self.found is None:
            raise LookupError(f"no endpoint is at {self.request.path}")
        return self.found

    @property
    def envelope(self) -> Envelope | None:
        """What is known of who asks for what: of the whole request, else of its head; None before that is read."""
        return self.head if self.incoming is None else self.incoming.envelope


@dataclass(frozen=True, slots=True)
class Check:
    """One of a draft's checks, which are made in the order of its list until one refuses."""

    name: str
    function: Callable[[Call], Awaitable[None] | None]
    """Raises Refusal; what has to wait is awaited."""
    section: str | None = None
    """The text that demands it: for a refusal that cites nothing itself."""
    shared: bool = False
    """Made also by a host that several providers share, before it knows which of them is meant."""
    local: bool = False
    """Made also of what the provider's own clients ask, who do not come by HTTPS."""

    async def __call__(self, call: Call) -> None:
        """Make the check. Raises Refusal, and what the function raises."""
        waiting = self.begin(call)
        if waiting is not None:
            await self.end(waiting)

    def begin(self, call: Call) -> Awaitable[None] | None:
        """Make the check, or as much of it as need not wait: the rest is for `end`. Raises as the whole does."""
        try:
            return self.function(call)
        except Refusal as refusal:
            raise refusal.cited(self.section) from refusal

    async def end(self, waiting: Awaitable[None]) -> None:
        """Wait for the rest of it. Raises as the whole does."""
        try:
            await waiting
        except Refusal as refusal:
            raise refusal.cited(self.section) from refusal


@dataclass(frozen=True, slots=True)
class Tenancy:
    """How a host that several providers share finds the one that is meant."""

    tenant_of: Callable[[Call, Collection[str]], str]
    """The provider that a request is for, of those that are here; all `shared` checks have been made. Raises Refusal
    where it is for none of them."""
    section: str | None = None
    """The text that says so, cited by the refusals of the host itself."""
