"""How users are found, in each draft that has a search."""

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.drafts.requests.requester import Requester
from simulator.services.commands import FindUsers
from simulator.services.names import BadName

BOB = "mimi://b.example/u/bob"


@pytest.mark.parametrize("draft", [each for each in DRAFTS if each.search is not None], ids=lambda each: each.name)
def test_who_is_asked_is_said_by_the_search(draft: Draft) -> None:
    search = draft.search
    assert search is not None
    assert search.kinds
    identifiers = tuple((kind, search.identifier(kind, BOB)) for kind in search.kinds)
    sent = search.write(FindUsers("mimi://a.example/u/alice", "b.example", identifiers), Requester("a.example"))
    assert sent.recipient == "b.example"
    assert sent.endpoint in draft.endpoints
    with pytest.raises(BadName):
        search.identifier(search.kinds[0], "bob")
    with pytest.raises(BadName):
        search.write(FindUsers("mimi://a.example/u/alice", "B", identifiers), Requester("a.example"))


def test_without_one_nobody_is_found() -> None:
    lacking = [draft.lacking((DraftFeature.search,)) for draft in DRAFTS if draft.search is None]
    assert lacking
    assert all(why and why.endswith("nobody is found by an identifier") for why in lacking)
