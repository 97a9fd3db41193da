"""What the providers of two users note of what these say."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry, ConsentOperation
from simulator.drafts.mimi_protocol_06.rules.consent import check_answering, scope_of, take_answer, take_request
from simulator.services.accounts import consent
from simulator.services.commands import SayConsent
from simulator.services.refusal import Code, Refusal
from simulator.storage import EVERYTHING, ConsentWord
from tests.breaking import breaks
from tests.services.bench import Client

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


def test_key_packages_that_come_with_consent_are_kept_until_it_ends() -> None:
    served, phone = Served("a.example"), Client.of("mimi://b.example/d/bob/phone")
    served.client("mimi://a.example/d/alice/phone")
    kept, made = served.store.granted_key_packages, phone.key_package()
    take_answer(replace(GRANT, client_key_packages=(made,)), served.context)
    take_answer(GRANT, served.context)
    assert [each.key_package for each in kept.left(ALICE, BOB, EVERYTHING)] == [made]
    take_answer(replace(REVOKE, room_id="mimi://a.example/r/x"), served.context)
    assert kept.left(ALICE, BOB, EVERYTHING)
    take_answer(REVOKE, served.context)
    assert not kept.left(ALICE, BOB, EVERYTHING)


@pytest.mark.parametrize(
    ("clients", "rule"),
    [
        (["mimi://b.example/d/ben/phone"], "P6-4.6-KEY-PACKAGES/OWNER"),
        (["nobody"], "P6-4.6-KEY-PACKAGES/OWNER"),
        (["mimi://b.example/d/bob/phone", "mimi://b.example/d/bob/phone"], "P6-4.6-KEY-PACKAGES/ONCE"),
    ],
)
def test_nobody_gives_away_what_is_not_his(clients: list[str], rule: str) -> None:
    made = tuple(Client.of(client).key_package() for client in clients)
    with breaks(rule), pytest.raises(Refusal) as caught:
        check_answering(replace(GRANT, client_key_packages=made), "b.example")
    assert caught.value.code is Code.malformed


def test_each_client_gives_one() -> None:
    made = tuple(Client.of(f"mimi://b.example/d/bob/{device}").key_package() for device in ("phone", "laptop"))
    check_answering(replace(GRANT, client_key_packages=made), "b.example")


def test_a_room_is_noted_by_its_group() -> None:
    assert scope_of(REQUEST) == EVERYTHING
    assert scope_of(replace(REQUEST, room_id="mimi://a.example/r/x")) == "mimi://a.example/g/x"
