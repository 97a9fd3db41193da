"""Who may send what, and which key must have signed it (RFC 9420 6.1, 12.1.8)."""

from collections.abc import Callable, Sequence

from simulator.codec import DecodeError, decode
from simulator.mls.commits.commit import Commit
from simulator.mls.errors import InvalidCommit, InvalidMessage, InvalidProposal
from simulator.mls.extensions.extension import (
    Extension,
    ExtensionType,
    ExternalSenderEntry,
    ExternalSenders,
    find_extension,
)
from simulator.mls.framing.framing import (
    ApplicationData,
    ExternalSender,
    FramedContent,
    MemberSender,
    NewMemberProposalSender,
)
from simulator.mls.proposals.proposals import EXTERNAL_PROPOSALS, Add
from simulator.mls.tree.leaf_node import LeafNode


def signature_key_of(
    content: FramedContent, leaf_at: Callable[[int], LeafNode | None], extensions: Sequence[Extension]
) -> bytes:
    """The public key that must verify the signature on `content`.

    `leaf_at` gives the leaf of an index or None, `extensions` are the GroupContext's. Raises InvalidMessage
    (`blank_sender`, `new_member_content`, `external_sender_content`), InvalidProposal
    (`external_sender_unknown`, `external_sender_proposal_type`) or InvalidCommit (`path_missing`).
    """
    sender, body = content.sender, content.content
    if isinstance(sender, MemberSender):
        leaf = leaf_at(sender.leaf_index)
        if leaf is None:
            raise InvalidMessage("blank_sender", "RFC 9420 6.1", f"leaf {sender.leaf_index} is blank: nobody to send")
        return leaf.signature_key
    if isinstance(sender, ExternalSender):
        return _external_key(content, sender.sender_index, extensions)
    if isinstance(sender, NewMemberProposalSender):
        if not isinstance(body, Add):
            raise InvalidMessage("new_member_content", "RFC 9420 6.1", "a new member can propose only its own Add")
        return body.key_package.leaf_node.signature_key
    if not isinstance(body, Commit):
        raise InvalidMessage("new_member_content", "RFC 9420 6.1", "sender new_member_commit can send only a Commit")
    if body.path is None:
        raise InvalidCommit("path_missing", "RFC 9420 12.4.3.2", "an external Commit has a path")
    return body.path.leaf_node.signature_key


def _external_key(content: FramedContent, index: int, extensions: Sequence[Extension]) -> bytes:
    body = content.content
    if isinstance(body, Commit | ApplicationData):
        raise InvalidMessage("external_sender_content", "RFC 9420 6.1", "an external sender can send only proposals")
    if not isinstance(body, EXTERNAL_PROPOSALS):
        raise InvalidProposal(
            "external_sender_proposal_type",
            "RFC 9420 12.1.8",
            f"an external sender can't propose {type(body).__name__}",
        )
    senders = external_senders(extensions)
    if index >= len(senders):
        raise InvalidProposal(
            "external_sender_unknown", "RFC 9420 12.1.8", f"the group lists no external sender {index}"
        )
    return senders[index].signature_key


def external_senders(extensions: Sequence[Extension]) -> tuple[ExternalSenderEntry, ...]:
    """Who may propose from outside; nobody if the extension is absent or illegible."""
    data = find_extension(extensions, ExtensionType.external_senders)
    try:
        return () if data is None else decode(ExternalSenders, data).senders
    except DecodeError:
        return ()
