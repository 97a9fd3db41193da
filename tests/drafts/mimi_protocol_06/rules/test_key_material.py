"""Who gets KeyPackages of our users, which, and what is said where there are none."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.client.leaves import REQUIRED_CAPABILITIES
from simulator.drafts.mimi_protocol_06.messages.common import Protocol
from simulator.drafts.mimi_protocol_06.messages.key_material import (
    KEY_MATERIAL_REQUEST_LABEL,
    KeyMaterialClientCode,
    KeyMaterialRequestTBS,
    KeyMaterialUserCode,
)
from simulator.drafts.mimi_protocol_06.rules.key_material import (
    KeyMaterialRefusal,
    check_requester,
    hand_out,
    key_package_use,
    outcome,
    refuse_protocol,
)
from simulator.drafts.mls_profile import REGULAR
from simulator.mls.extensions.extension import Extension
from simulator.mls.tree.credential import BasicCredential
from simulator.services.accounts import consent, directory
from simulator.services.commands import SayConsent
from simulator.services.refusal import Code, Refusal
from simulator.services.signing import Signature, signer
from simulator.storage import EVERYTHING, ConsentWord
from tests.breaking import breaks
from tests.services.bench import SUITE, Client

from ..serving import ALICE, BOB, CAROL, Served

ROOM, GROUP = "mimi://c.example/r/x", "mimi://c.example/g/x"
PHONE, LAPTOP = "mimi://b.example/d/bob/phone", "mimi://b.example/d/bob/laptop"
ASKER = Client.of("mimi://a.example/d/alice/phone")
SIGNED = KeyMaterialRequestTBS(
    Protocol.mls10,
    ALICE,
    BOB,
    ROOM,
    (1,),
    REQUIRED_CAPABILITIES,
    ASKER.identity.signature_public_key,
    ASKER.identity.credential,
)
CODES, CLIENT_CODES = KeyMaterialUserCode, KeyMaterialClientCode


@pytest.fixture
def served() -> Served:
    """Bob's provider, where Bob lets Alice add him anywhere."""
    found = Served()
    directory.register_user(BOB, found.context)
    _note(found, ConsentWord.granted)
    return found


def _note(served: Served, word: ConsentWord, scope: str = EVERYTHING) -> None:
    consent.note(SayConsent(ALICE, BOB, word, scope), served.context)


def _proof(signed: KeyMaterialRequestTBS, by: Client = ASKER) -> Signature:
    sign = signer(SUITE, by.identity.signature_private_key)
    content = encode(signed)
    return Signature(KEY_MATERIAL_REQUEST_LABEL, content, sign(KEY_MATERIAL_REQUEST_LABEL, content))


def _refused(served: Served, signed: KeyMaterialRequestTBS = SIGNED) -> KeyMaterialRefusal:
    with pytest.raises(KeyMaterialRefusal) as caught:
        hand_out(signed, served.context)
    return caught.value


def test_a_client_has_signed_that_the_credential_names() -> None:
    check_requester(SIGNED, _proof(SIGNED))
    other = Client.of("mimi://a.example/d/mallory/phone")
    with breaks("P6-4.1-SIGNATURE"), pytest.raises(Refusal) as caught:
        check_requester(SIGNED, _proof(SIGNED, other))
    assert caught.value.code is Code.invalid_signature
    for credential in (other.identity.credential, BasicCredential(b"\xff"), BasicCredential(ALICE.encode())):
        wrong = replace(SIGNED, requester_credential=credential)
        with breaks("P6-4.1-CREDENTIAL"), pytest.raises(Refusal) as caught:
            check_requester(wrong, _proof(wrong))
        assert caught.value.code is Code.invalid_signature


@pytest.mark.parametrize("suites", [(), (99,), (99, 1)])
def test_the_first_suite_says_how_it_is_signed(suites: tuple[int, ...]) -> None:
    wrong = replace(SIGNED, acceptable_ciphersuites=suites)
    with breaks("P6-4.1-SUITES"), pytest.raises(Refusal) as caught:
        check_requester(wrong, _proof(wrong))
    assert caught.value.code is Code.malformed


def test_every_client_is_listed(served: Served) -> None:
    phone, laptop = served.client(PHONE), served.client(LAPTOP)
    first, second, third = served.stock(phone), served.stock(phone), served.stock(laptop)
    response = hand_out(SIGNED, served.context)
    assert (response.protocol, response.user_status, response.user_uri) == (1, CODES.success, BOB)
    assert {each.client_uri: each.key_package for each in response.clients} == {PHONE: first, LAPTOP: third}
    response = hand_out(SIGNED, served.context)
    assert response.user_status is CODES.partial_success
    assert {each.client_uri: each.client_status for each in response.clients} == {
        PHONE: CLIENT_CODES.success,
        LAPTOP: CLIENT_CODES.key_material_exhausted,
    }
    assert outcome(response).key_packages == (second,)


def test_where_nothing_is_left(served: Served) -> None:
    with breaks("P6-4.1-EXHAUSTED"):
        nobody = _refused(served)
    assert (nobody.code, nobody.response.clients) == (Code.key_packages_exhausted, ())
    served.client(PHONE)
    refusal = _refused(served)
    assert refusal.response.user_status is CODES.no_compatible_material
    (listed,) = refusal.response.clients
    assert (listed.client_uri, listed.client_status) == (PHONE, CLIENT_CODES.key_material_exhausted)


@pytest.mark.parametrize("unfit", [{"suite": 3}, {"capable": False}])
def test_what_does_not_fit_stays(served: Served, unfit: dict[str, Any]) -> None:
    phone = served.client(PHONE)
    made = served.stock(phone, **unfit)
    (listed,) = _refused(served).response.clients
    assert listed.client_status is CLIENT_CODES.nothing_compatible
    assert listed.capabilities is not None
    assert listed.capabilities.client_capabilities == made.leaf_node.capabilities
    fitting = served.stock(phone)
    assert outcome(hand_out(SIGNED, served.context)).key_packages == (fitting,)
    assert served.store.key_packages.oldest(PHONE, REGULAR, served.context.now) == made


def test_nobody_knows_who_does_not_exist(served: Served) -> None:
    with breaks("P6-4.1-USER"):
        refusal = _refused(served, replace(SIGNED, target_user="mimi://b.example/u/nobody"))
    assert (refusal.code, refusal.response.user_status) == (Code.unknown_user, CODES.user_unknown)
    served.store.users.remove(BOB)
    assert _refused(served).response.user_status is CODES.user_deleted


@pytest.mark.parametrize(
    ("everywhere", "here", "elsewhere", "status"),
    [
        (None, None, None, CODES.no_consent),
        (ConsentWord.requested, None, None, CODES.no_consent),
        (ConsentWord.revoked, None, None, CODES.no_consent),
        (None, None, ConsentWord.granted, CODES.no_consent_for_this_room),
        (ConsentWord.granted, ConsentWord.revoked, None, CODES.no_consent_for_this_room),
    ],
)
def test_consent_is_asked_for_by_room(
    everywhere: ConsentWord | None,
    here: ConsentWord | None,
    elsewhere: ConsentWord | None,
    status: KeyMaterialUserCode,
) -> None:
    served = Served()
    served.stock(served.client(PHONE))
    for word, scope in ((everywhere, EVERYTHING), (here, GROUP), (elsewhere, f"{GROUP}s")):
        if word is not None:
            _note(served, word, scope)
    with breaks("P6-4.1-CONSENT"):
        refusal = _refused(served)
    assert (refusal.code, refusal.response.user_status) == ("no_consent", status)
    assert refusal.response.clients == ()


def test_a_word_for_the_room_is_enough_and_of_oneself_none_is_needed() -> None:
    served = Served()
    phone = served.client(PHONE)
    for _ in range(2):
        served.stock(phone)
    _note(served, ConsentWord.granted, GROUP)
    assert hand_out(SIGNED, served.context).user_status is CODES.success
    assert hand_out(replace(SIGNED, requesting_user=BOB), served.context).user_status is CODES.success
    with pytest.raises(KeyMaterialRefusal):
        hand_out(replace(SIGNED, requesting_user=CAROL), served.context)


def test_there_is_nothing_of_last_resort() -> None:
    made = ASKER.key_package()
    assert key_package_use(replace(made, extensions=())).kind == REGULAR
    with breaks("P6-4.1-NO-LAST-RESORT"), pytest.raises(Refusal):
        key_package_use(replace(made, extensions=(Extension(10, b""),)))


def test_the_protocol_that_nobody_speaks_is_told() -> None:
    with breaks("P6-4.1-PROTOCOL"), pytest.raises(KeyMaterialRefusal) as caught:
        refuse_protocol(9, BOB)
    assert (caught.value.response.protocol, caught.value.response.user_uri) == (9, BOB)
