"""What the providers of two users note of what these say."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry, ConsentOperation
from simulator.drafts.mimi_protocol_06.rules.consent import scope_of, take_answer, take_request
from simulator.services.accounts import consent
from simulator.services.commands import SayConsent
from simulator.storage import EVERYTHING, ConsentWord

from ..serving import ALICE, BOB, Served

REQUEST = ConsentEntry(ConsentOperation.request, ALICE, BOB, None, None, NO_EXTENSIONS)
CANCEL = replace(REQUEST, consent_operation=ConsentOperation.cancel)
GRANT = replace(REQUEST, consent_operation=ConsentOperation.grant, client_key_packages=())
REVOKE = replace(REQUEST, consent_operation=ConsentOperation.revoke)


@pytest.fixture
def served() -> Served:
    """Bob's provider."""
    found = Served()
    found.client("mimi://b.example/d/bob/phone")
    return found


def _word(served: Served) -> ConsentWord | None:
    return served.store.consents.get(ALICE, BOB, EVERYTHING)


def test_a_request_may_be_taken_back(served: Served) -> None:
    take_request(CANCEL, served.context)
    assert _word(served) is None
    take_request(REQUEST, served.context)
    assert _word(served) is ConsentWord.requested
    take_request(CANCEL, served.context)
    assert _word(served) is None


def test_asking_changes_nothing_of_what_was_answered(served: Served) -> None:
    consent.note(SayConsent(ALICE, BOB, ConsentWord.granted), served.context)
    for entry in (REQUEST, CANCEL):
        take_request(entry, served.context)
        assert _word(served) is ConsentWord.granted
    consent.note(SayConsent(ALICE, BOB, ConsentWord.revoked), served.context)
    take_request(CANCEL, served.context)
    assert _word(served) is ConsentWord.revoked


def test_who_was_turned_away_may_ask_again(served: Served) -> None:
    consent.note(SayConsent(ALICE, BOB, ConsentWord.revoked), served.context)
    take_request(REQUEST, served.context)
    assert _word(served) is ConsentWord.requested


def test_an_answer_is_kept_where_the_requester_is() -> None:
    served = Served("a.example")
    served.client("mimi://a.example/d/alice/phone")
    for entry, word in ((GRANT, ConsentWord.granted), (REVOKE, ConsentWord.revoked)):
        take_answer(entry, served.context)
        assert _word(served) is word


def test_a_room_is_noted_by_its_group() -> None:
    assert scope_of(REQUEST) == EVERYTHING
    assert scope_of(replace(REQUEST, room_id="mimi://a.example/r/x")) == "mimi://a.example/g/x"
