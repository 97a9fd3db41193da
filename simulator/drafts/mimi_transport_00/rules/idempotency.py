"""The same request again, from a client that got no answer: known by what was signed, and by the signature."""

from hashlib import sha256

from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.services.service_context import ServiceContext


def is_repetition(request: GroupRequest, context: ServiceContext) -> bool:
    """Whether this very request was accepted within the policy's `repetition_window`.

    Its signature was good then, and nobody can make another request with the same digest.
    """
    digest = _digest(request)
    return digest is not None and context.store.accepted.knows(digest)


def remember(request: GroupRequest, context: ServiceContext) -> None:
    """This request has been accepted; one that nobody signed never is."""
    context.store.accepted.forget(context.elapsed - context.policy.repetition_window)
    digest = _digest(request)
    if digest is not None:
        context.store.accepted.add(digest, context.elapsed)


def _digest(request: GroupRequest) -> bytes | None:
    if request.signature is None:
        return None
    return sha256(sha256(request.signature.content).digest() + request.signature.value).digest()
