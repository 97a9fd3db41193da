"""Refusals in the structs of endpoints, by their result codes (PROTOCOL.md, Errors)."""

from typing import Any

from simulator.codec import DecodeError, decode, encode
from simulator.drafts.mimi_protocol_06.messages import group_info, submit_message, update
from simulator.drafts.mimi_protocol_06.messages.common import Protocol
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.refusals import LONGEST_DESCRIPTION, STATUS, refusals, words_of
from simulator.printable import printable
from simulator.services.names import BadName
from simulator.services.refusal import Code, ReceivedRefusal, Refusal


class InvalidProposals(Refusal):
    """Proposals that a commit refers to, or that a bundle brings, are bad: which ones, by their refs."""

    def __init__(self, rule: str, section: str | None = None, *, references: tuple[bytes, ...]) -> None:
        super().__init__(Code.invalid_proposal, rule, section)
        self.references = references


def write_update(refusal: Refusal) -> bytes | None:
    """The UpdateRoomResponse that carries a refusal. Of those that are `notAllowed` the words begin with the reason."""
    codes, words = update.UpdateResponseCode, words_of(refusal)
    if isinstance(refusal, InvalidProposals):
        return encode(update.UpdateRoomResponse(codes.invalid_proposal, words, invalid_proposals=refusal.references))
    if refusal.code == Code.wrong_epoch:
        epoch = refusal.current_epoch or 0
        return encode(update.UpdateRoomResponse(codes.wrong_epoch, words, current_epoch=epoch))
    if refusal.code == Code.not_authorized:
        return encode(update.UpdateRoomResponse(codes.not_allowed, words))
    if refusal.code in STATUS:
        return None
    return encode(
        update.UpdateRoomResponse(codes.not_allowed, printable(f"{refusal.code}: {refusal}", LONGEST_DESCRIPTION))
    )


def read_update(body: bytes) -> Refusal | None:
    """The refusal in an UpdateRoomResponse, if it is one."""
    found: update.UpdateRoomResponse | None = _decoded(update.UpdateRoomResponse, body)
    if found is None or found.response_code is update.UpdateResponseCode.success:
        return None
    code = {
        update.UpdateResponseCode.wrong_epoch: Code.wrong_epoch,
        update.UpdateResponseCode.not_allowed: Code.not_authorized,
        update.UpdateResponseCode.invalid_proposal: Code.invalid_proposal,
    }[found.response_code]
    words = printable(found.error_description, LONGEST_DESCRIPTION)
    return ReceivedRefusal(code, words, current_epoch=found.current_epoch)


def write_submit(refusal: Refusal) -> bytes | None:
    """The SubmitMessageResponse that carries a refusal: it has no room for words."""
    if refusal.code == Code.wrong_epoch:
        body: submit_message.SubmitResponseBody = submit_message.EpochTooOld(refusal.current_epoch or 0)
    elif refusal.code == Code.not_authorized:
        body = submit_message.SubmitNotAllowed()
    else:
        return None
    return encode(submit_message.SubmitMessageResponse(Protocol.mls10, body))


def read_submit(body: bytes) -> Refusal | None:
    """The refusal in a SubmitMessageResponse, if it is one."""
    found: submit_message.SubmitMessageResponse | None = _decoded(submit_message.SubmitMessageResponse, body)
    match None if found is None else found.body:
        case submit_message.EpochTooOld(current_epoch):
            words = f"the message is of an epoch that is over: the room is at {current_epoch}"
            return ReceivedRefusal(Code.wrong_epoch, words, current_epoch=current_epoch)
        case submit_message.SubmitNotAllowed():
            return ReceivedRefusal(Code.not_authorized, "the hub does not allow the message")
    return None


def write_group_info(refusal: Refusal) -> bytes | None:
    """The GroupInfoResponse that carries a refusal, which is unsigned."""
    body: group_info.GroupInfoBody
    if refusal.code == Code.not_authorized:
        body = group_info.GroupInfoNotAuthorized()
    elif refusal.code == Code.unknown_group:
        body = group_info.NoSuchRoom()
    else:
        return None
    try:
        room = room_of((refusal.group or "").encode())
    except BadName:
        return None
    return encode(group_info.GroupInfoResponse(Protocol.mls10, room, body))


def read_group_info(body: bytes) -> Refusal | None:
    """The refusal in a GroupInfoResponse, if it is one."""
    found: group_info.GroupInfoResponse | None = _decoded(group_info.GroupInfoResponse, body)
    match None if found is None else found.body:
        case group_info.GroupInfoNotAuthorized():
            return ReceivedRefusal(Code.not_authorized, "the hub does not let this client join")
        case group_info.NoSuchRoom():
            return ReceivedRefusal(Code.unknown_group, "the hub knows no such room")
    return None


UPDATE = refusals(write_update, read_update)
SUBMIT = refusals(write_submit, read_submit)
GROUP_INFO = refusals(write_group_info, read_group_info)


def _decoded(struct: type, body: bytes) -> Any:
    """None where a body is no such struct."""
    try:
        return decode(struct, body)
    except DecodeError:
        return None
