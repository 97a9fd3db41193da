"""A command for a group with who asks, and which group that is."""

from dataclasses import dataclass

from simulator.mls.framing import PrivateMessage, PublicMessage
from simulator.mls.group_info import GroupInfo
from simulator.mls.message import MLSMessage
from simulator.services.commands import (
    CreateGroup,
    ExternalCommitInfo,
    GroupCommand,
    RequestGroupId,
    SelfRemoveClient,
    SendMessage,
    WelcomeInfo,
)
from simulator.services.signing import Auth, Signature


@dataclass(frozen=True, slots=True)
class GroupRequest:
    """`sender` is the provider of the client that asks and signs, `version` the protocol version it speaks.

    Without `auth` and `signature` the request is anonymous, which no operation accepts.
    """

    command: GroupCommand
    sender: str
    version: int
    auth: Auth | None = None
    signature: Signature | None = None


def group_id_of(command: GroupCommand) -> bytes | None:
    """The group a command is about: named outright, or by the MLS message in it; None if neither names one."""
    match command:
        case RequestGroupId():
            return None
        case CreateGroup(group_id=group_id) | WelcomeInfo(group_id=group_id) | ExternalCommitInfo(group_id=group_id):
            return group_id
        case SelfRemoveClient(proposal=message) | SendMessage(message=message):
            return message_group_id(message)
        case _:
            return message_group_id(command.update.commit)


def message_group_id(message: MLSMessage) -> bytes | None:
    """The group_id in an MLS message; Welcomes and KeyPackages show none."""
    body = message.body
    if isinstance(body, PublicMessage):
        return body.content.group_id
    if isinstance(body, PrivateMessage):
        return body.group_id
    return body.group_context.group_id if isinstance(body, GroupInfo) else None
