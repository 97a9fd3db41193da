"""Where a request is served: everything a service may know besides the request itself."""

from simulator.dataclass import dataclass
from simulator.mls.crypto.randomness import Rand
from simulator.services.decisions import Decided, told_nobody
from simulator.services.draft_rules import DraftRules
from simulator.services.limits.policy import Policy
from simulator.storage import Store


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """One provider at one moment.

    `now` is what the provider's clock shows, in Unix seconds: for what is compared with times that others name. A clock
    may be wrong, and put right. `elapsed` counts seconds and is never set: for how long something of our own lasts.

    Whoever calls a service has a transaction of `store` open, and rolls it back when a Refusal comes out.
    """

    provider: str
    service_host: str
    """Where its endpoints are served, but for what draft and HTTP want at its own domain."""
    store: Store
    policy: Policy
    now: int
    elapsed: int
    rand: Rand
    rules: DraftRules
    co_tenants: frozenset[str] = frozenset()
    """The other providers that are served at `service_host`, too."""
    decided: Decided = told_nobody
    """Told what a service decides by itself."""
    paid: bool = False
    """Whether a token has paid for the request that is served."""
    binds_requests: bool = False
    """Whether a Welcome of somebody unknown may only use KeyPackages that were handed out for a token."""
