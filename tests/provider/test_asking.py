"""A handler that asks a third provider before it answers, over real servers."""

from collections.abc import AsyncIterator

import pytest

from simulator.drafts import registry
from simulator.federation import Session
from simulator.provider import Failpoint
from simulator.services.refusal import Code, Refusal
from tests.drafts.chain import UNWILLING, Named, chain, draft
from tests.federated import federation
from tests.own_drafts import only


@pytest.fixture
async def session(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Session]:
    monkeypatch.setattr(registry, "DRAFTS", only(draft()))
    async with federation() as running:
        yield running


def way(session: Session) -> list[tuple[str, str, int | None]]:
    """Who asked whom, in the order in which they began."""
    return [(each.sender, each.to, each.status) for each in session.recorder.exchanges if each.endpoint == "chain"]


async def test_another_provider_hears_what_a_third_has_answered(session: Session) -> None:
    outcome = await session.provider("b").peers.outcome(chain("a.example", "c.example"))
    assert outcome == Named(("a.example", "c.example"))
    assert way(session) == [("b.example", "a.example", 200), ("a.example", "c.example", 200)]


async def test_our_own_client_is_served_the_same(session: Session) -> None:
    result = await session.provider("a").client_api.submit(chain("a.example", "c.example"))
    assert result == Named(("a.example", "c.example"))
    assert way(session) == [("a.example", "c.example", 200)]


async def test_no_transaction_spans_a_question(session: Session) -> None:
    """c.example asks a.example, which is still waiting for c.example, and that has its store for itself."""
    outcome = await session.provider("b").peers.outcome(chain("a.example", "c.example", "a.example", "b.example"))
    assert outcome == Named(("a.example", "c.example", "a.example", "b.example"))
    assert [sender for sender, _, _ in way(session)] == ["b.example", "a.example", "c.example", "a.example"]


async def test_a_provider_that_asks_itself_needs_no_https(session: Session) -> None:
    outcome = await session.provider("b").peers.outcome(chain("a.example", "a.example", "c.example"))
    assert outcome == Named(("a.example", "a.example", "c.example"))
    assert way(session) == [("b.example", "a.example", 200), ("a.example", "c.example", 200)]


async def test_the_handler_learns_of_a_refusal(session: Session) -> None:
    outcome = await session.provider("b").peers.outcome(chain("a.example", "c.example", UNWILLING))
    assert isinstance(outcome, Refusal)
    assert outcome.code is Code.not_authorized
    assert "rejected by a.example: c.example said: chain rejected by c.example: c.example does not ask" in outcome.rule


async def test_so_it_does_of_its_own_providers(session: Session) -> None:
    with pytest.raises(Refusal, match=r"a\.example said: a\.example does not ask"):
        await session.provider("a").client_api.submit(chain("a.example", "a.example", UNWILLING))


async def test_the_handler_learns_that_nobody_answered(session: Session) -> None:
    await session.stop("c")
    outcome = await session.provider("b").peers.outcome(chain("a.example", "c.example"))
    assert isinstance(outcome, Refusal)
    assert "c.example said nothing: " in outcome.rule


async def test_a_third_provider_that_crashes_takes_nobody_with_it(session: Session) -> None:
    asking, asked = session.provider("a"), session.provider("c")
    asked.failpoints.crashes = lambda point, operation: point is Failpoint.DECODED and operation == "chain"
    outcome = await session.provider("b").peers.outcome(chain("a.example", "c.example"))
    assert isinstance(outcome, Refusal)
    assert "c.example said nothing: " in outcome.rule
    assert asking.is_up
    assert not asked.is_up
