"""The same request again, from somebody who got no answer: known by a digest that no other request has."""

from simulator.services.service_context import ServiceContext


def is_repetition(digest: bytes, context: ServiceContext) -> bool:
    """Whether the request with this digest was accepted within the policy's `repetition_window`."""
    return context.store.accepted.knows(digest)


def remember(digest: bytes, context: ServiceContext) -> None:
    """The request with this digest has been accepted."""
    context.store.accepted.forget(context.elapsed - context.policy.repetition_window)
    context.store.accepted.add(digest, context.elapsed)
