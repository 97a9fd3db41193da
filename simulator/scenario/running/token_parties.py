"""Who of a federation has to do with tokens of Privacy Pass."""

from simulator.errors import SimulatorError
from simulator.provider import Provider
from simulator.provider.token_parts import TokenParts
from simulator.scenario.running.context import Context
from simulator.services.tokens.budgets import IssuerBudget


def paying(context: Context, name: str) -> tuple[Provider, TokenParts]:
    """A provider that knows tokens. Raises SimulatorError for another, and Unsupported for an external one."""
    provider = context.session.provider(name)
    if provider.tokens is None:
        raise SimulatorError(f"{provider.name} knows no tokens")
    return provider, provider.tokens


def issuing(context: Context, name: str) -> tuple[Provider, TokenParts, IssuerBudget]:
    """A provider that issues tokens. Raises as `paying`."""
    provider = context.session.provider(name)
    if provider.tokens is None or provider.tokens.settings.issues is None:
        raise SimulatorError(f"{provider.name} issues no tokens")
    return provider, provider.tokens, provider.tokens.settings.issues


def own_issuer(context: Context, name: str) -> tuple[Provider, TokenParts, IssuerBudget]:
    """A provider that takes tokens that it has issued itself. Raises as `paying`."""
    provider, tokens, budget = issuing(context, name)
    if not tokens.settings.protects or tokens.settings.issuer is not None:
        raise SimulatorError(f"{provider.name} takes no tokens of its own")
    return provider, tokens, budget
