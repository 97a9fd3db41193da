"""An issuer that serves some users alone."""

from dataclasses import replace

import pytest

from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.holders import holder_pseudonym
from simulator.privacy_pass.redemption_context import window
from simulator.provider.adversary import selective_issuing
from simulator.services.refusal import Refusal
from simulator.services.tokens import paying as wallet
from simulator.services.tokens.budgets import IssuerBudget
from tests.provider.paying_federation import BEN, BOB, HOUR, NOW, PROTECTED, asked, paying

BUDGET = IssuerBudget(Per.user, 4, HOUR)
ALICE = "mimi://a.example/u/alice"


async def test_others_hear_that_their_budget_is_used_up() -> None:
    async with paying(origin=replace(PROTECTED, issues=BUDGET)) as session:
        issuer = session.provider("b")
        key = session.provider("a").executor.do(wallet.holder_key)
        known = [holder_pseudonym(key, "b.example", window(HOUR, NOW), ALICE)]
        issuer.executor.interceptors.begin(selective_issuing(issuer, BUDGET, session.draft, lambda: known))
        with pytest.raises(Refusal, match="the budget has 0"):
            await session.client("bert.phone").request_connection(BEN)
        await session.client("alice.phone").request_connection(BOB)
        assert [status for endpoint, status in asked(session) if endpoint == "token_request"] == [429, 200]
