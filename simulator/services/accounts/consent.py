"""Consent: which user may add which other one to groups, in one group or in all of them.

The target's provider decides by what its user has said last, and is asked for KeyPackages in the requester's name. What
is said to whom, and how the two users hear of it, is the draft's.
"""

from simulator.services.accounts.directory import check_user
from simulator.services.commands import SayConsent
from simulator.services.names import user_provider
from simulator.services.service_context import ServiceContext
from simulator.storage import EVERYTHING, ConsentWord


def note(said: SayConsent, context: ServiceContext) -> None:
    """The target, our user, was asked or has answered. Raises Refusal unknown_user, BadName."""
    check_user(said.target, context)
    user_provider(said.requester)
    context.store.consents.put(said.requester, said.target, said.scope, said.word, context.now)


def requests_to(user: str, context: ServiceContext) -> tuple[SayConsent, ...]:
    """What our user was asked for and has not answered, oldest first."""
    waiting = context.store.consents.requests_to(user)
    return tuple(SayConsent(requester, user, ConsentWord.requested, scope) for requester, scope in waiting)


def forget(said: SayConsent, context: ServiceContext) -> None:
    """Nothing holds any longer in this scope, and nothing counts there for or against the requester."""
    context.store.consents.remove(said.requester, said.target, said.scope)


def is_granted(requester: str, target: str, context: ServiceContext, *, scope: str = EVERYTHING) -> bool:
    """Whether our user `target` lets `requester` add it. The word for a group precedes the one for all groups, and a
    user's own clients need none.
    """
    consents = context.store.consents
    word = consents.get(requester, target, scope) or consents.get(requester, target, EVERYTHING)
    return requester == target or word is ConsentWord.granted
