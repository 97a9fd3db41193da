"""Whether every token is accounted for at issuer, asker and origin."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, Any

import msgspec

from simulator.drafts.mls_profile import CONNECTION
from simulator.provider import Provider
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet
from simulator.storage import reliably

_PAID = 200


class TokenAccounts(Expectation, frozen=True, kw_only=True, tag="token_accounts"):
    """No token of Privacy Pass was lost, made up or taken twice, as the stores of all providers have it: whatever an
    issuer has issued, the asker has got or still waits for; whatever an asker has presented, the origin has taken, or
    the asker still repeats its request; and an origin has taken nothing else.

    For windows and budgets that are longer than the scenario: of those that are over nothing is known any more. Where a
    provider is down nothing is looked at.
    """

    settled: bool = False
    """Whether no request may be left whose payment is not settled."""
    stock: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How many connection KeyPackages each client has had. If said, every token that was taken has to have taken one,
    and nothing else may have: for users of one client each, whose KeyPackages are what tokens pay for.
    """

    def check(self, context: Context, before: Any) -> None:
        """Look into the stores, which do not fail meanwhile. Raises Unmet, and Unsupported for external providers."""
        providers = [context.session.provider(peer.name) for peer in context.session.peers]
        if not all(provider.is_up for provider in providers):
            return
        with reliably():
            for odd in self._odd(context, providers):
                raise odd

    def _odd(self, context: Context, providers: list[Provider]) -> Iterator[Unmet]:
        for asker in providers:
            for issuer in providers:
                yield from _lost(issuer, asker)
            unsettled = len(asker.executor.store.payments.unsettled())
            if self.settled and unsettled:
                yield Unmet(f"every payment of {asker.name} settled", f"{unsettled} are not")
        for origin in providers:
            yield from _untrue(origin, providers)
            if self.stock is not None:
                yield from self._unpaid(origin, context)

    def _unpaid(self, origin: Provider, context: Context) -> Iterator[Unmet]:
        clients = [client for client in context.session.clients if context.provider_of(client) is origin]
        left = sum(origin.remaining_key_packages(client.uri, CONNECTION) for client in clients)
        taken = (self.stock or 0) * len(clients) - left
        spent = origin.executor.store.spent_tokens.all()
        paid = sum(each.answer is not None and each.answer.status == _PAID for each in spent)
        if taken != paid:
            yield Unmet(f"a token for each KeyPackage of {origin.name}", f"{taken} were taken for {paid} tokens")


def _lost(issuer: Provider, asker: Provider) -> Iterator[Unmet]:
    issued = issuer.executor.store.issued_tokens.digests(asker.name)
    asked = {sha256(request.blinded_msg).digest() for request in asker.executor.store.pending_tokens.requests()}
    got, waiting = len(asker.executor.store.wallet.nonces_from(issuer.name)), len(issued & asked)
    if len(issued) != got + waiting:
        there = f"{issuer.name} has issued {len(issued)}, {got} came and {waiting} are waited for"
        yield Unmet(f"every token that {issuer.name} has issued to {asker.name} to be there", there)


def _untrue(origin: Provider, askers: list[Provider]) -> Iterator[Unmet]:
    taken = {each.nonce for each in origin.executor.store.spent_tokens.all()}
    presented = set[bytes]()
    for asker in askers:
        store = asker.executor.store
        own = store.wallet.presented_to(origin.service_host)
        lost = own - taken - {token.nonce for token in store.payments.unsettled()}
        if lost:
            words = f"{len(lost)} are not, and nothing is repeated for them"
            yield Unmet(f"every token that {asker.name} has presented to be taken by {origin.name}", words)
        presented |= own
    if taken - presented:
        yield Unmet(f"{origin.name} to take what was presented", f"{len(taken - presented)} were not")
