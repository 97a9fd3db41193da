"""What an honest request says, where an attack says nothing else: the part of a forged request that the draft gives."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Protocol

from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Endpoint
from simulator.drafts.requests.wire_request import Headers


@dataclass(frozen=True, slots=True)
class HonestRequest:
    """The fields of a request's struct, as a scenario writes them, and what else of the request is the draft's."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    signature: str | None = None
    """The field, among those of `fields`, for the signature of the provider that sends it; None where it signs none."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """What its path has for the variable of the endpoint's template."""
    headers: Headers = ()
    """Beside those that every request to the endpoint has."""


class Honest(Protocol):
    """What a request from one provider to another says. `about` has the URIs of its `requester`, its `target` and its
    `group`, as far as anybody says whom and what it is about.
    """

    def __call__(self, endpoint: Endpoint, sender: str, recipient: str, about: Mapping[str, str]) -> HonestRequest: ...


def nothing_said(endpoint: Endpoint, sender: str, recipient: str, about: Mapping[str, str]) -> HonestRequest:
    """Of a draft that gives nothing: whoever forges a request says all of it."""
    return HonestRequest()
