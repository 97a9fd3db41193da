"""Floods of a draft's own requests: one item over and over, up to the largest body; and bodies that are no request."""

from collections.abc import Iterator

from simulator.bench.floods.http import BODY, Flood, http_floods, over_http1, post
from simulator.codec import write_varint
from simulator.drafts.adversary import RepeatedItem
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import HTTPEndpoint

SENDER = "m.example"
"""Who says that it asks: nobody knows it."""
_LENGTH = 4
"""Octets of the length of a vector that is so large."""


def floods(draft: Draft, host: str, recipient: str, other: str) -> Iterator[tuple[str, Flood]]:
    """All for the server of `recipient`, which is called `host`, by name. Each is made when it comes: some are large.
    `other` is another provider, for whom one of them says that it is.
    """
    yield from http_floods(host).items()
    path = next(_path(each) for each in draft.endpoints if each.method == "POST")
    yield "body that is too large", over_http1(post(host, path, bytes(BODY + 1)))
    yield "unfinished body", over_http1(b"", post(host, path, bytes(BODY))[:-1])
    yield "4 MiB of zeros", over_http1(post(host, path, bytes(BODY)))
    for name, repeated in draft.adversary.repeated.items():
        there = _path(draft.named(repeated.endpoint))
        yield f"4 MiB of {name}", over_http1(post(host, there, filled(repeated, recipient)))
        yield f"4 MiB of {name} for another provider", over_http1(post(host, there, filled(repeated, other)))


def _path(endpoint: HTTPEndpoint) -> str:
    variable = endpoint.template.variable
    return endpoint.template.expand(**({} if variable is None else {variable: "x"}))


def filled(repeated: RepeatedItem, recipient: str) -> bytes:
    """A body of the largest size whose vector has the item as often as that allows."""
    front = repeated.front(SENDER, recipient)
    items = repeated.item * ((BODY - len(front) - _LENGTH) // len(repeated.item))
    return front + write_varint(len(items)) + items
