"""Refusals in the structs of `update`, `submitMessage` and `groupInfo`, octet by octet."""

import pytest

from simulator.drafts.mimi_protocol_06 import result_codes
from simulator.drafts.mimi_protocol_06.messages.common import AcceptedMessage, Protocol
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageResponse
from simulator.drafts.mimi_protocol_06.messages.update import UpdateResponseCode, UpdateRoomResponse
from simulator.drafts.mimi_protocol_06.refusals import LEFT_OUT, forbidden, succeed
from simulator.drafts.mimi_protocol_06.result_codes import InvalidProposals
from simulator.drafts.requests.endpoint import Refusals
from simulator.rules import check
from simulator.services.refusal import Code, Refusal

ROOM = b"mimi://a.example/r/x"


@pytest.mark.parametrize(
    ("refusals", "refusal", "data", "code", "words", "epoch"),
    [
        (
            result_codes.UPDATE,
            Refusal(Code.wrong_epoch, "old", current_epoch=5),
            "01 03 6f6c64 0000000000000005",
            Code.wrong_epoch,
            "old",
            5,
        ),
        (result_codes.UPDATE, Refusal(Code.not_authorized, "no"), "02 02 6e6f", Code.not_authorized, "no", None),
        (
            result_codes.UPDATE,
            InvalidProposals("no", references=(b"p",)),
            "03 02 6e6f 02 01 70",
            Code.invalid_proposal,
            "no",
            None,
        ),
        (
            result_codes.UPDATE,
            Refusal(LEFT_OUT, "no"),
            f"02 0c {b'left_out: no'.hex()}",
            Code.not_authorized,
            "left_out: no",
            None,
        ),
        (
            result_codes.UPDATE,
            Refusal(Code.invalid_proposal, "no"),
            f"02 14 {b'invalid_proposal: no'.hex()}",
            Code.not_authorized,
            "invalid_proposal: no",
            None,
        ),
        (
            result_codes.SUBMIT,
            Refusal(Code.wrong_epoch, "", current_epoch=5),
            "01 02 0000000000000005",
            Code.wrong_epoch,
            "the room is at 5",
            5,
        ),
        (result_codes.SUBMIT, Refusal(Code.not_authorized, "no"), "01 01", Code.not_authorized, "not allow", None),
        (
            result_codes.GROUP_INFO,
            Refusal(Code.not_authorized, "no", group="mimi://a.example/g/x"),
            f"01 14 {ROOM.hex()} 02",
            Code.not_authorized,
            "not let",
            None,
        ),
        (
            result_codes.GROUP_INFO,
            Refusal(Code.unknown_group, "no", group="mimi://a.example/g/x"),
            f"01 14 {ROOM.hex()} 03",
            Code.unknown_group,
            "no such room",
            None,
        ),
    ],
)
def test_a_struct_tells_a_refusal(
    refusals: Refusals, refusal: Refusal, data: str, code: Code, words: str, epoch: int | None
) -> None:
    reply = refusals.write(refusal)
    assert (reply.status, reply.body.hex()) == (200, bytes.fromhex(data).hex())
    assert refusals.is_refusal(reply)
    found = refusals.read(reply)
    assert found is not None
    assert (found.code, found.current_epoch) == (code, epoch)
    assert words in found.rule


@pytest.mark.parametrize(
    ("refusals", "refusal", "status"),
    [
        (result_codes.UPDATE, Refusal(Code.unknown_group, "no"), 404),
        (result_codes.UPDATE, Refusal(Code.malformed, "no"), 400),
        (result_codes.SUBMIT, Refusal(Code.unknown_group, "no"), 404),
        (result_codes.SUBMIT, Refusal(Code.internal, "no"), 500),
        (result_codes.GROUP_INFO, Refusal(Code.invalid_signature, "no"), 401),
        (result_codes.GROUP_INFO, Refusal(Code.not_authorized, "no"), 403),
    ],
)
def test_what_has_no_code_is_a_problem(refusals: Refusals, refusal: Refusal, status: int) -> None:
    reply = refusals.write(refusal)
    assert reply.status == status
    found = refusals.read(reply)
    assert found is not None
    assert found.code == refusal.code


@pytest.mark.parametrize("refusals", [result_codes.UPDATE, result_codes.SUBMIT, result_codes.GROUP_INFO])
def test_who_may_not_ask_at_all_hears_it_by_http(refusals: Refusals) -> None:
    with pytest.raises(Refusal) as caught:
        check(forbidden("P6-X"), holds=False, words="not yours")
    assert refusals.write(caught.value.named("update", "a.example", "mimi://a.example/g/x")).status == 403


def test_refs_survive_when_a_refusal_is_named() -> None:
    named = InvalidProposals("no", references=(b"p",)).named("update", "a.example")
    assert isinstance(named, InvalidProposals)
    assert named.references == (b"p",)


def test_a_success_is_no_refusal() -> None:
    done = succeed(UpdateRoomResponse(UpdateResponseCode.success, "", 7))
    assert not result_codes.UPDATE.is_refusal(done)
    sent = succeed(SubmitMessageResponse(Protocol.mls10, AcceptedMessage(7, None)))
    assert not result_codes.SUBMIT.is_refusal(sent)
    for refusals in (result_codes.UPDATE, result_codes.SUBMIT, result_codes.GROUP_INFO):
        assert refusals.read(succeed()) is None
