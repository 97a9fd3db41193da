"""The same request again, from a client that got no answer: known by what was signed, and by the signature."""

from hashlib import sha256

from simulator.services.delivery.request import GroupRequest
from simulator.services.site import Site


def is_repetition(request: GroupRequest, site: Site) -> bool:
    """Whether this very request was accepted within the policy's `repetition_window`.

    Its signature was good then, and nobody can make another request with the same digest.
    """
    digest = _digest(request)
    return digest is not None and site.store.accepted.knows(digest)


def remember(request: GroupRequest, site: Site) -> None:
    """This request has been accepted; one that nobody signed never is."""
    site.store.accepted.forget(site.elapsed - site.policy.repetition_window)
    digest = _digest(request)
    if digest is not None:
        site.store.accepted.add(digest, site.elapsed)


def _digest(request: GroupRequest) -> bytes | None:
    if request.signature is None:
        return None
    return sha256(sha256(request.signature.content).digest() + request.signature.value).digest()
