"""An origin that shows another challenge each time."""

from dataclasses import replace

from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.www_authenticate import read_offers
from simulator.provider.adversary import ContextPerChallenge
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.careless import CARELESS
from tests.provider.paying_federation import BOB, HOUR, LOOKUP, PROTECTED, asked, paying

MANY = replace(PROTECTED, issues=IssuerBudget(Per.provider, 40, HOUR))


async def test_each_token_is_for_another_challenge() -> None:
    async with paying(origin=MANY) as session:
        session.waive(CARELESS)
        liar = session.provider("b")
        assert liar.tokens is not None
        liar.executor.interceptors.begin(ContextPerChallenge(liar, liar.tokens))
        for _ in range(3):
            await session.client("alice.phone").request_connection(BOB)
        fields = [dict(each.response_headers).get("www-authenticate") for each in session.recorder.exchanges]
        contexts = {offer.challenge for field in fields if field for offer in read_offers([field]).usable}
        assert len(contexts) == 3
        assert asked(session).count((LOOKUP, 200)) == 3
