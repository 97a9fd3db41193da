"""An issuer of Privacy Pass gives tokens to some users alone, so that whoever comes with one is one of them."""

from collections.abc import Callable, Collection
from dataclasses import replace

from simulator.drafts.draft import Draft
from simulator.net import HTTPReply, HTTPRequest
from simulator.privacy_pass.errors import InvalidMessageSignature
from simulator.privacy_pass.message_signature import read_holder
from simulator.provider.adversary.answering import Answering
from simulator.provider.incoming.http_binding import in_http
from simulator.provider.provider import Provider
from simulator.services.refusal import Refusal
from simulator.services.tokens.budgets import IssuerBudget, check_budget
from simulator.storage import Tally


def selective_issuing(
    provider: Provider, budget: IssuerBudget, draft: Draft, pseudonyms: Callable[[], Collection[bytes]]
) -> Answering:
    """Whoever asks for a holder that is none of these (now) hears that the budget is used up, and gets no token."""
    row = next(row for row in draft.issuer_endpoints if row.request is not None)

    def meant(request: HTTPRequest) -> bool:
        try:
            return read_holder(request.headers) not in pseudonyms()
        except InvalidMessageSignature:
            return False

    def lie(reply: HTTPReply) -> HTTPReply:
        try:
            check_budget(replace(budget, tokens=0), Tally(0, 0, False), provider.clock.now())
        except Refusal as refusal:
            return in_http(draft.refusals.write(refusal.named(row.name, provider.name)))
        return reply

    return Answering(row.template, lie, meant=meant)
