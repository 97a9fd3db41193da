"""Consent: what is written, who may say it, and what the other user's provider keeps."""

from dataclasses import replace

import pytest

from simulator.codec import decode
from simulator.drafts.mimi_protocol_06.binding.consent import REQUEST_CONSENT, UPDATE_CONSENT, write
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry, ConsentOperation
from simulator.drafts.requests.endpoint import BadAnswer, Endpoint, Reply
from simulator.drafts.requests.requester import Requester
from simulator.services.accounts import consent
from simulator.services.commands import SayConsent
from simulator.services.refusal import Refusal
from simulator.services.results import Done
from simulator.storage import EVERYTHING, ConsentWord
from tests.breaking import breaks
from tests.services.bench import Client

from ..serving import ALICE, BOB, CAROL, Served

ROOM, GROUP = "mimi://a.example/r/x", "mimi://a.example/g/x"
REQUEST = ConsentEntry(ConsentOperation.request, ALICE, BOB, None, None, NO_EXTENSIONS)
CANCEL = replace(REQUEST, consent_operation=ConsentOperation.cancel)
GRANT = replace(REQUEST, consent_operation=ConsentOperation.grant, client_key_packages=())
REVOKE = replace(REQUEST, consent_operation=ConsentOperation.revoke)
WITHIN = Requester("a.example")


@pytest.fixture
def served() -> Served:
    """Bob's provider."""
    found = Served()
    found.client("mimi://b.example/d/bob/phone")
    return found


def _word(served: Served, scope: str = EVERYTHING) -> ConsentWord | None:
    return served.store.consents.get(ALICE, BOB, scope)


def _say(served: Served, *entries: ConsentEntry) -> None:
    for entry in entries:
        reply = served.answer(REQUEST_CONSENT, "a.example", "b.example", entry)
        assert (reply.status, reply.body) == (201, b"")
        assert REQUEST_CONSENT.read(reply) == Done()


@pytest.mark.parametrize(
    ("word", "operation", "path"),
    [
        (ConsentWord.requested, ConsentOperation.request, "/v1/requestConsent/b.example"),
        (ConsentWord.granted, ConsentOperation.grant, "/v1/updateConsent/a.example"),
        (ConsentWord.revoked, ConsentOperation.revoke, "/v1/updateConsent/a.example"),
    ],
)
def test_what_is_said_goes_to_the_other_users_provider(
    word: ConsentWord, operation: ConsentOperation, path: str
) -> None:
    for scope, room in ((EVERYTHING, None), (GROUP, ROOM)):
        sent = write(SayConsent(ALICE, BOB, word, scope), WITHIN)
        assert sent.wire_request.path == path
        assert sent.headers == (("from", "mimi@a.example"),)
        assert sent.recipient == path.rpartition("/")[2]
        entry = decode(ConsentEntry, sent.body)
        assert (entry.consent_operation, entry.requester_uri, entry.target_uri) == (operation, ALICE, BOB)
        assert (entry.room_id, entry.client_key_packages) == (room, () if operation is ConsentOperation.grant else None)
        assert {"targetDomain", "targetUser", "requesterDomain", "requesterUser"} == sent.variables.keys()


def test_key_packages_go_with_consent_only() -> None:
    made = Client.of("mimi://b.example/d/bob/phone").key_package()
    granted = write(SayConsent(ALICE, BOB, ConsentWord.granted, key_packages=(made,)), WITHIN)
    assert decode(ConsentEntry, granted.body).client_key_packages == (made,)
    asked = write(SayConsent(ALICE, BOB, ConsentWord.requested, key_packages=(made,)), WITHIN)
    assert decode(ConsentEntry, asked.body).client_key_packages is None


def test_a_request_waits_until_it_is_taken_back(served: Served) -> None:
    _say(served, REQUEST, replace(REQUEST, room_id=ROOM))
    assert consent.requests_to(BOB, served.context) == (
        SayConsent(ALICE, BOB, ConsentWord.requested),
        SayConsent(ALICE, BOB, ConsentWord.requested, GROUP),
    )
    _say(served, CANCEL, CANCEL)
    assert (_word(served), _word(served, GROUP)) == (None, ConsentWord.requested)


@pytest.mark.parametrize(
    ("endpoint", "sender", "domain", "entry", "rule", "status"),
    [
        (REQUEST_CONSENT, "a.example", "b.example", GRANT, "P6-4.6-OPERATION", 400),
        (UPDATE_CONSENT, "b.example", "a.example", REQUEST, "P6-4.6-OPERATION", 400),
        (REQUEST_CONSENT, "m.example", "b.example", REQUEST, "P6-4.6-SENDER/REQUESTER", 403),
        (UPDATE_CONSENT, "m.example", "a.example", GRANT, "P6-4.6-SENDER/TARGET", 403),
        (UPDATE_CONSENT, "m.example", "a.example", REVOKE, "P6-4.6-SENDER/TARGET", 403),
        (REQUEST_CONSENT, "a.example", "c.example", replace(REQUEST, target_uri=CAROL), "P6-4.6-USER/TARGET", 404),
        (UPDATE_CONSENT, "b.example", "a.example", GRANT, "P6-4.6-USER/REQUESTER", 404),
        (REQUEST_CONSENT, "a.example", "c.example", REQUEST, "P6-2-AGREES", 400),
        (REQUEST_CONSENT, "a.example", "mimi://b.example/u/bob", REQUEST, "P6-2-PATH-NAME", 400),
        (REQUEST_CONSENT, "a.example", "b.example", replace(REQUEST, room_id="x"), "P6-2-BODY/NAMES", 400),
        (REQUEST_CONSENT, "a.example", "b.example", replace(REQUEST, requester_uri="x"), "P6-2-BODY/NAMES", 400),
        (REQUEST_CONSENT, "a.example", "b.example", b"\x01", "P6-2-BODY/FORM", 400),
    ],
)
def test_anything_else_is_refused(
    served: Served, endpoint: Endpoint, sender: str, domain: str, entry: ConsentEntry, rule: str, status: int
) -> None:
    with breaks(rule):
        reply = served.answer(endpoint, sender, domain, entry)
    assert reply.status == status
    with pytest.raises(Refusal):
        endpoint.read(reply)


def test_an_answer_has_its_status() -> None:
    with pytest.raises(BadAnswer):
        REQUEST_CONSENT.read(Reply(200, (), b""))
    assert REQUEST_CONSENT.success == 201


def test_who_is_asked_has_a_provider() -> None:
    with pytest.raises(Exception, match="is no user URI"):
        write(SayConsent(ALICE, "bob", ConsentWord.requested), WITHIN)
