"""Where our peers' Delivery Services are."""

from simulator.services.refusal import Code, Refusal
from simulator.services.results import DSHost
from simulator.services.service_context import ServiceContext
from simulator.storage import KeptHost


def known(provider: str, context: ServiceContext) -> str | None:
    """Where a provider's Delivery Service is: our own, or another's if its answer to discovery is still fresh."""
    if provider == context.provider:
        return context.ds_host
    kept = context.store.hosts.get(provider)
    return None if kept is None or kept.expires <= context.elapsed else kept.host


def forget(provider: str, context: ServiceContext) -> None:
    """The host we knew says that it is not that provider's (HTTP 421): ask again next time."""
    context.store.hosts.remove(provider)


def learn(provider: str, answer: DSHost, context: ServiceContext) -> None:
    """Remember an answer to discovery for as long as it says, but not longer than we believe such things.

    Raises Refusal sender_unverifiable if it names ourselves: whoever answers so would have us talk to ourselves. Only
    who shares our DS host may name that.
    """
    ours = answer.host == context.ds_host and provider not in context.neighbours
    if ours or answer.host == context.provider:
        raise _unverifiable(f"{provider} says that its Delivery Service is at {answer.host}, which is us")
    max_age = min(answer.max_age, context.policy.ds_host_max_age)
    if max_age > 0:
        context.store.hosts.put(KeptHost(provider, answer.host, context.elapsed + max_age))


def _unverifiable(rule: str) -> Refusal:
    return Refusal(Code.sender_unverifiable, rule, "PROTOCOL.md section 5")
