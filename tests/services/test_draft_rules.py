import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.services.draft_rules import DraftRules
from tests.services.bench import Bench


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda each: each.name)
def test_each_draft_says_what_becomes_of_clients_that_are_gone_also_of_nobodys(bench: Bench, draft: Draft) -> None:
    rules: DraftRules = draft.rules
    assert (
        bench.do(lambda context: rules.clients_gone(b"no group of ours", ["mimi://b.example/d/bob/x"], context)) == ()
    )


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda each: each.name)
def test_a_hub_has_the_same_keys_each_time(bench: Bench, draft: Draft) -> None:
    first, second = (bench.do(draft.rules.hub_keys) for _ in range(2))
    assert first == second
    assert all(first)
    assert len(set(first)) == len(first) > 0
