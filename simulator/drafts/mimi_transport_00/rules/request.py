"""A command for a group with who asks, and which group that is."""

from hashlib import sha256

from simulator.dataclass import dataclass
from simulator.services.asker import Asker
from simulator.services.commands import (
    CreateGroup,
    FetchJoinInfo,
    FetchTree,
    GroupCommand,
    Leave,
    Report,
    RequestGroupId,
    SendMessage,
)
from simulator.services.signing import Signature


@dataclass(frozen=True, slots=True)
class GroupRequest:
    """`sender` is the provider of the client that asks and signs, `version` the protocol version it speaks.

    Without `asker` and `signature` the request is anonymous, which no operation accepts.
    """

    command: GroupCommand
    sender: str
    version: int
    asker: Asker | None = None
    signature: Signature | None = None

    @property
    def digest(self) -> bytes | None:
        """What no other request has: of what was signed, and of the signature; None if nobody signed it.

        If a request with it was accepted, its signature was good then.
        """
        if self.signature is None:
            return None
        return sha256(sha256(self.signature.content).digest() + self.signature.value).digest()


def group_id_of(command: GroupCommand) -> bytes | None:
    """The group a command is about: named outright, or by the MLS message in it; None if neither names one."""
    match command:
        case RequestGroupId():
            return None
        case (
            CreateGroup(group_id=group_id)
            | FetchTree(group_id=group_id)
            | FetchJoinInfo(group_id=group_id)
            | Report(group_id=group_id)
        ):
            return group_id
        case Leave(proposal=message) | SendMessage(message=message):
            return message.group_id
        case _:
            return command.update.commit.group_id
