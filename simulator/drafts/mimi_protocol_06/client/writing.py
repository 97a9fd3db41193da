"""Commands of clients become requests to a room's hub: handshakes, messages, and questions for what joining takes."""

from typing import TypeAlias

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.messages.common import (
    PartialGroupInfo,
    Protocol,
    RatchetTreePresence,
    TreeAtHub,
)
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_REQUEST_LABEL,
    GroupInfoRequest,
    GroupInfoRequestTBS,
)
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest
from simulator.drafts.mimi_protocol_06.messages.update import (
    PROPOSALS,
    CommitBundle,
    HandshakeBundle,
    UpdateRequest,
)
from simulator.drafts.mimi_protocol_06.room.room_state import user_of
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.welcome import Welcome
from simulator.services import commands
from simulator.services.asker import AsClient, Asker, AsMember
from simulator.services.signing import Sign

Committing: TypeAlias = (
    commands.AddUsers
    | commands.AddClients
    | commands.RemoveUsers
    | commands.RemoveClients
    | commands.UpdateClient
    | commands.ChangeGroup
    | commands.ExternalJoin
)
"""What a commit does by itself says: one endpoint takes them all."""


def write_commit(command: Committing) -> bytes:
    """The request to take a commit, with the Welcome that invites those whom it adds.

    Raises ValueError for several Welcomes: there is room for one.
    """
    welcomes = command.welcomes if isinstance(command, commands.AddUsers | commands.AddClients) else ()
    if len(welcomes) > 1:
        raise ValueError(f"there is no place for {len(welcomes)} Welcomes, only for one")
    update = command.update
    info = PartialGroupInfo(RatchetTreePresence.no_ratchet_tree, update.extensions, update.signature)
    welcome = next((each.body for each in welcomes if isinstance(each.body, Welcome)), None)
    bundle = CommitBundle(welcome, info, TreeAtHub())
    return encode(UpdateRequest(_bundle(update.commit, bundle)))


def _bundle(message: MLSMessage, beside: CommitBundle) -> HandshakeBundle:
    """What the content of a message wants beside it: attackers file as a commit what is none, or is encrypted."""
    content = message.body.content.content if isinstance(message.body, PublicMessage) else None
    if isinstance(content, Commit):
        return HandshakeBundle(message, commit=beside)
    return HandshakeBundle(message, more_proposals=() if isinstance(content, PROPOSALS) else None)


def write_proposals(command: commands.Leave) -> bytes:
    """The request to queue the proposals by which a user leaves."""
    return encode(UpdateRequest(HandshakeBundle(command.proposal, more_proposals=command.more)))


def write_message(command: commands.SendMessage, asker: Asker | None) -> bytes:
    """The request to fan out a message in the name of the asking client's user. Raises ValueError without one."""
    if not isinstance(asker, AsMember) or not asker.client:
        raise ValueError("a message is sent by a member, in its user's name")
    return encode(SubmitMessageRequest(Protocol.mls10, command.message, user_of(asker.client)))


def write_question(command: commands.FetchJoinInfo, asker: Asker | None, sign: Sign | None) -> bytes:
    """The question for what joining takes, signed by the client that asks. Raises ValueError without it, or without the
    key to encrypt the answer to.
    """
    if not isinstance(asker, AsClient) or sign is None or command.seal_to is None:
        raise ValueError("what joining takes is told to a client that signs, encrypted to a key of its")
    to = command.seal_to
    asked = GroupInfoRequestTBS(
        Protocol.mls10, to.cipher_suite, asker.signature_key, asker.credential, to.public_key, joining_code=b""
    )
    return encode(GroupInfoRequest(asked, sign(GROUP_INFO_REQUEST_LABEL, encode(asked))))
