"""The same request again, from somebody who got no answer: known by a digest that no other request has."""

from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.service_context import ServiceContext

REPEATED = Practice(
    "REQUEST-REPEATED", Kind.answered_again, "The same request again is answered as it was, and does nothing."
)


def is_repetition(digest: bytes, context: ServiceContext) -> bool:
    """Whether the request with this digest was accepted within the policy's `repetition_window`: then it is not carried
    out again.
    """
    return earlier_answer(digest, context) is not None


def earlier_answer(digest: bytes, context: ServiceContext) -> bytes | None:
    """What `remember` was told that such a request was answered; None where it is no repetition."""
    known = context.store.accepted.answer(digest)
    if known is not None:
        context.decided(Decision(REPEATED, "this very request was accepted before"))
    return known


def remember(digest: bytes, context: ServiceContext, answer: bytes = b"") -> None:
    """The request with this digest has been accepted; `answer` is for a draft that can't tell it from the request."""
    context.store.accepted.forget(context.elapsed - context.policy.repetition_window)
    context.store.accepted.add(digest, context.elapsed, answer)
