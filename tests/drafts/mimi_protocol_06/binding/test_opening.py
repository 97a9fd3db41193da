"""Path variables, bodies and whether both agree."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding import opening
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.mimi_protocol_06.messages.identifier_query import IdentifierRequest
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary, ComponentData
from simulator.services.names import user_provider
from simulator.services.refusal import Refusal
from tests.breaking import breaks

from ..serving import asked

ROOM = "mimi://a.example/r/x"


def test_a_variable_is_a_name_of_its_kind() -> None:
    assert opening.room_in_path(asked(IDENTIFIER_QUERY, "a.example", ROOM, b"")) == ROOM
    for wrong in ("", "x", "mimi://a.example/g/x", "\udcff"):
        with breaks("P6-2-PATH-NAME"), pytest.raises(Refusal):
            opening.room_in_path(WireRequest("POST", "/", variables={"roomId": wrong}))


def test_a_body_is_one_struct_to_its_end() -> None:
    whole = IdentifierRequest((), AppDataDictionary(()))
    assert opening.opened(IdentifierRequest, encode(whole)) == whole
    for wrong in (b"", encode(whole) + b"\0"):
        with breaks("P6-2-BODY/FORM"), pytest.raises(Refusal, match="no IdentifierRequest"):
            opening.opened(IdentifierRequest, wrong)


@breaks("P6-2-413/VALUES")
def test_a_body_has_only_so_many_values() -> None:
    many = b"\x80\x02\x00\x00" + b"\x01\x00" * 65_536 + b"\x00"
    with pytest.raises(HTTPRefusal) as caught:
        opening.opened(IdentifierRequest, many)
    assert caught.value.status == 413


def test_names_in_a_body() -> None:
    assert opening.named("the user", "mimi://a.example/u/x", user_provider) == "mimi://a.example/u/x"
    with breaks("P6-2-BODY/NAMES"), pytest.raises(Refusal, match="the user: "):
        opening.named("the user", ROOM, user_provider)


def test_path_and_body_name_the_same() -> None:
    opening.agree("the room", ROOM, ROOM)
    with breaks("P6-2-AGREES"), pytest.raises(Refusal, match="the room is mimi"):
        opening.agree("the room", ROOM, "x")


def test_a_dictionary_ascends() -> None:
    opening.ascends(AppDataDictionary((ComponentData(1, b""), ComponentData(2, b""))))
    for wrong in ((2, 1), (1, 1)):
        with breaks("P6-3-DICTIONARY"), pytest.raises(Refusal):
            opening.ascends(AppDataDictionary(tuple(ComponentData(each, b"") for each in wrong)))
