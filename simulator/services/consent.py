"""Consent: which user may add which other one to groups, in one group or in all of them.

The target's provider decides by what its user has said last, and is asked for KeyPackages in the requester's name. What
is said to whom, and how the two users hear of it, is the draft's.
"""

from simulator.services.names import user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import EVERYTHING, ConsentWord


def note(requester: str, target: str, word: ConsentWord, context: ServiceContext, *, scope: str = EVERYTHING) -> None:
    """Our user `target` was asked by `requester`, or has answered. Raises Refusal unknown_user, BadName."""
    if not context.store.users.exists(target):
        raise Refusal(Code.unknown_user, f"{target} is not a user of {context.provider}", "PROTOCOL.md section 5")
    user_provider(requester)
    context.store.consents.put(requester, target, scope, word, context.now)


def forget(requester: str, target: str, context: ServiceContext, *, scope: str = EVERYTHING) -> None:
    """What was said in this scope holds no longer, and counts neither for nor against the requester."""
    context.store.consents.remove(requester, target, scope)


def is_granted(requester: str, target: str, context: ServiceContext, *, scope: str = EVERYTHING) -> bool:
    """Whether our user `target` lets `requester` add it. The word for a group precedes the one for all groups, and a
    user's own clients need none.
    """
    consents = context.store.consents
    word = consents.get(requester, target, scope) or consents.get(requester, target, EVERYTHING)
    return requester == target or word is ConsentWord.granted
