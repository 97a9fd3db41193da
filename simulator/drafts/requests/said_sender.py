"""How a request says which provider it is from, in a draft in which only certificates prove that."""

from collections.abc import Callable

from simulator.dataclass import dataclass
from simulator.drafts.requests.wire_request import Headers, WireRequest


@dataclass(frozen=True, slots=True)
class SaidSender:
    """What every request has, also one to an endpoint of no draft."""

    headers: Callable[[str], Headers]
    """Those of a provider's requests."""
    read: Callable[[WireRequest], str]
    """The provider that a request says it is from; whether its certificate covers that has to be checked. Raises
    Refusal where it does not say so."""
