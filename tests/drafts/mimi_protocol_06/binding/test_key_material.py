"""KeyPackages by way of the hub: who asks whom, what is passed on, and what is remembered."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.binding.key_material import KEY_MATERIAL, write_fetch
from simulator.drafts.mimi_protocol_06.messages.key_material import (
    KEY_MATERIAL_REQUEST_LABEL,
    KeyMaterialRequest,
    KeyMaterialResponse,
    KeyMaterialUserCode,
)
from simulator.drafts.mimi_protocol_06.refusals import succeed
from simulator.drafts.mimi_protocol_06.rules.key_material import KeyMaterial
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import find_room
from simulator.drafts.mls_profile import REGULAR
from simulator.drafts.requests.endpoint import Answer, Ask, BadAnswer, Outgoing, Reply
from simulator.drafts.requests.requester import Requester
from simulator.mls.framing.message import mls_message
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.services.accounts import consent
from simulator.services.asker import AsClient
from simulator.services.commands import FetchKeyPackages, SayConsent
from simulator.services.delivery.outbox import Failed
from simulator.services.names import parse_client
from simulator.services.refusal import Code, ReceivedRefusal, Refusal
from simulator.services.results import Done
from simulator.services.signing import signer
from simulator.storage import ConsentWord, GroupRecord
from tests.breaking import breaks
from tests.services.bench import SUITE, Client

from ..rooms import ALICE, BOB, CATHY, DAVE, PHONES, ROOM, room
from ..serving import Served

GROUP = ROOM.replace("/r/", "/g/")


@pytest.fixture
def hub() -> Served:
    """a.example, with the room."""
    served, whole = Served("a.example"), room()
    info = next(iter(whole.groups.values())).group_info()
    facts = RoomFacts(bytes(32), 0, ("a.example",))
    served.store.groups.save(GroupRecord(whole.service, mls_message(info), facts.encoded))
    return served


def fetch(client: Client, target: str, group: str = GROUP) -> Outgoing:
    """A client's request for KeyPackages."""
    name = parse_client(client.uri)
    asker = AsClient(client.identity.signature_public_key, client.identity.credential)
    requester = Requester(name.provider, None, asker, signer(SUITE, client.identity.signature_private_key))
    return write_fetch(FetchKeyPackages(name.user, target, REGULAR, group, (1,)), requester)


def dave() -> Served:
    """d.example, whose user Dave may be added by Alice, and has a KeyPackage."""
    served = Served("d.example")
    served.stock(served.client(PHONES[DAVE]))
    for requester in (ALICE, BOB):
        consent.note(SayConsent(requester, DAVE, ConsentWord.granted), served.context)
    return served


def ask(served: Served, sender: str, outgoing: Outgoing) -> Answer | Ask:
    (variable,) = outgoing.variables.values()
    return served.ask(KEY_MATERIAL, sender, variable, outgoing.body)


def test_a_client_asks_the_hub_of_the_room_and_signs() -> None:
    bob = Client.of(PHONES[BOB])
    sent = fetch(bob, DAVE)
    assert (sent.recipient, sent.headers) == ("a.example", (("from", "mimi@b.example"),))
    assert sent.wire_request.path == "/v1/keyMaterial/mimi%3A%2F%2Fd.example%2Fu%2Fdave"
    request = decode(KeyMaterialRequest, sent.body)
    said = request.signed
    assert (said.requesting_user, said.target_user, said.room_id) == (BOB, DAVE, ROOM)
    assert said.acceptable_ciphersuites == (1,)
    assert SUITE.verifies_with_label(
        said.requester_signature_key,
        KEY_MATERIAL_REQUEST_LABEL,
        encode(said),
        request.key_material_request_signature,
    )


def test_without_a_room_the_targets_provider_is_asked() -> None:
    sent = fetch(Client.of(PHONES[BOB]), DAVE, "")
    assert sent.recipient == "d.example"
    assert decode(KeyMaterialRequest, sent.body).signed.room_id == ""


def test_somebody_has_to_sign_and_for_a_whole_user() -> None:
    with pytest.raises(ValueError, match="has to be signed by the client"):
        write_fetch(FetchKeyPackages(BOB, DAVE, REGULAR), Requester("b.example"))
    with pytest.raises(TypeError):
        write_fetch(FetchKeyPackages(BOB, (PHONES[DAVE],), REGULAR), Requester("b.example"))


def test_the_hub_asks_the_targets_provider_in_the_same_bytes_and_passes_on_its_answer(hub: Served) -> None:
    target, bob = dave(), Client.of(PHONES[BOB])
    sent = fetch(bob, DAVE)
    asking = ask(hub, "b.example", sent)
    assert isinstance(asking, Ask)
    assert (asking.outgoing.recipient, asking.outgoing.body) == ("d.example", sent.body)
    assert asking.outgoing.headers == (("from", "mimi@a.example"),)
    given = ask(target, "a.example", asking.outgoing)
    assert isinstance(given, Answer)
    outcome = KEY_MATERIAL.read(given.reply)
    assert isinstance(outcome, KeyMaterial)
    passed = asking.resume(outcome, hub.context)
    assert isinstance(passed, Answer)
    assert passed.reply == given.reply
    (key_package,) = outcome.key_packages
    facts = RoomFacts.of(find_room(ROOM, hub.context))
    assert facts.origins == {key_package_ref(key_package): "d.example"}
    assert target.store.key_packages.client_of(key_package_ref(key_package)) == PHONES[DAVE]


def test_a_hub_answers_itself_for_its_own_users(hub: Served) -> None:
    own = hub.stock(hub.client("mimi://a.example/d/ann/phone"))
    consent.note(SayConsent(BOB, "mimi://a.example/u/ann", ConsentWord.granted), hub.context)
    given = ask(hub, "b.example", fetch(Client.of(PHONES[BOB]), "mimi://a.example/u/ann"))
    assert isinstance(given, Answer)
    assert RoomFacts.of(find_room(ROOM, hub.context)).origins == {key_package_ref(own): "a.example"}


def test_what_the_target_refuses_is_passed_on_as_it_is(hub: Served) -> None:
    target, sent = dave(), fetch(Client.of(PHONES[CATHY]), DAVE)
    asking = ask(hub, "c.example", sent)
    assert isinstance(asking, Ask)
    reply = target.answer(KEY_MATERIAL, "a.example", DAVE, sent.body)
    with pytest.raises(Refusal) as caught:
        KEY_MATERIAL.read(reply)
    assert isinstance(caught.value, ReceivedRefusal)
    with pytest.raises(Refusal) as passed:
        asking.resume(caught.value, hub.context)
    assert KEY_MATERIAL.refusals.write(passed.value.named("keyMaterial", "a.example")) == reply
    other = ReceivedRefusal(Code.rate_limited, "slower", retry_after=7)
    with pytest.raises(Refusal) as passed:
        asking.resume(other, hub.context)
    assert KEY_MATERIAL.refusals.write(passed.value).status == 429


def test_a_room_that_the_hub_does_not_have_is_no_users_fault(hub: Served) -> None:
    sent = fetch(Client.of(PHONES[BOB]), DAVE, f"{GROUP}s")
    (variable,) = sent.variables.values()
    reply = hub.answer(KEY_MATERIAL, "b.example", variable, sent.body)
    assert (reply.status, reply.header("content-type")) == (404, "application/problem+json")


@breaks("P6-4.1-UNREACHABLE")
@pytest.mark.parametrize("outcome", [Failed("nobody listens there"), Done()])
def test_no_answer_of_the_target_is_told(hub: Served, outcome: Any) -> None:
    asking = ask(hub, "b.example", fetch(Client.of(PHONES[BOB]), DAVE))
    assert isinstance(asking, Ask)
    with pytest.raises(Refusal) as caught:
        asking.resume(outcome, hub.context)
    assert (caught.value.code, KEY_MATERIAL.refusals.write(caught.value).status) == ("unreachable", 502)


def test_what_is_no_answer() -> None:
    for body in (b"", b"\x01"):
        with pytest.raises(BadAnswer):
            KEY_MATERIAL.read(Reply(200, (), body))
    empty = KeyMaterialResponse(1, KeyMaterialUserCode.success, BOB, ())
    assert KEY_MATERIAL.read(succeed(empty)) == KeyMaterial((), empty)


def test_another_protocol_is_not_spoken_but_passed_on(hub: Served) -> None:
    head = b"\x02" + b"".join(bytes([len(each)]) + each.encode() for each in (BOB, DAVE, ROOM)) + b"whatever"
    assert isinstance(hub.ask(KEY_MATERIAL, "b.example", DAVE, head), Ask)
    with breaks("P6-4.1-PROTOCOL"):
        reply = dave().answer(KEY_MATERIAL, "a.example", DAVE, head)
    assert reply.body == b"\x02\x02" + bytes([len(DAVE)]) + DAVE.encode() + b"\x00"
    with pytest.raises(Refusal) as caught:
        KEY_MATERIAL.read(reply)
    assert caught.value.code == Code.unsupported_version


def test_a_request_says_what_it_is_about() -> None:
    sent = fetch(Client.of(PHONES[BOB]), DAVE)
    whole = replace(sent.wire_request, headers=(("from", "mimi@b.example"),))
    envelope = KEY_MATERIAL.open(whole).envelope
    assert (envelope.operation, envelope.sender, envelope.group) == ("keyMaterial", "b.example", GROUP)
    assert envelope.rate_keys == (f"group {GROUP}", f"requester {BOB}")


@pytest.mark.parametrize(
    ("target", "body", "rule"),
    [
        (BOB, None, "P6-2-AGREES"),
        ("x", None, "P6-2-PATH-NAME"),
        (DAVE, b"\x01", "P6-2-BODY/FORM"),
        (DAVE, b"\x01\x01x" + bytes([len(DAVE)]) + DAVE.encode() + b"\x00", "P6-2-BODY/NAMES"),
    ],
)
def test_malformed_requests(target: str, body: bytes | None, rule: str) -> None:
    data = fetch(Client.of(PHONES[BOB]), DAVE).body if body is None else body
    with breaks(rule):
        assert dave().answer(KEY_MATERIAL, "a.example", target, data).status == 400
