"""A request as a draft sees it: everything of HTTP and TLS that it may look at."""

from collections.abc import Callable, Mapping
from dataclasses import field

from simulator.dataclass import dataclass

Headers = tuple[tuple[str, str], ...]
"""Names in lower case, in the order of the lines."""


def _no_names() -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class WireRequest:
    """What has come in over HTTPS; or, from a client of the provider itself, the same without HTTP: then there are
    neither host nor address.
    """

    method: str
    path: str
    """As sent, not percent-decoded, without the query."""
    host: str = ""
    """What Host or :authority names: lower case, without port."""
    headers: Headers = ()
    body: bytes = b""
    variables: Mapping[str, str] = field(default_factory=dict)
    """What the variables of the endpoint's template are in this path."""
    names: Callable[[], tuple[str, ...]] = field(default=_no_names, repr=False)
    """The DNS names in the certificate that the other end has shown, in its order; of a client of the provider itself,
    the provider's."""
    address: str = ""
    """Where the other end is, as far as TCP knows."""
    body_too_large: bool = False
    """The body is longer than the provider takes; `body` is empty then."""

    def covers(self, name: str) -> bool:
        """Whether the other end has shown a certificate for this name, without regard to the case of ASCII letters
        (RFC 4343 3).
        """
        wanted = name.encode().lower()
        return any(each.encode().lower() == wanted for each in self.names())

    def header(self, name: str) -> str | None:
        """The first value of a header (name in lower case), or None."""
        for key, value in self.headers:
            if key == name:
                return value
        return None

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a header, one for each line."""
        return tuple(value for key, value in self.headers if key == name)

    def elements(self, name: str) -> tuple[str, ...]:
        """The elements of a header that is a list, in lower case, from all its lines (RFC 9110 5.3, 5.6.1)."""
        values = (each.strip().lower() for value in self.all(name) for each in value.split(","))
        return tuple(each for each in values if each)
