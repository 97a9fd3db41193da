"""Who may send what, and which key must have signed it (RFC 9420 6.1, 12.1.8)."""

from collections.abc import Callable, Sequence

from simulator.codec import DecodeError, decode
from simulator.mls.commits.commit import Commit
from simulator.mls.extensions.extension import (
    Extension,
    ExtensionType,
    ExternalSenderEntry,
    ExternalSenders,
    find_extension,
)
from simulator.mls.framing import rules
from simulator.mls.framing.framing import (
    ApplicationData,
    ExternalSender,
    FramedContent,
    MemberSender,
    NewMemberProposalSender,
)
from simulator.mls.proposals.proposals import EXTERNAL_PROPOSALS, Add
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check, refuse


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
            refuse(rules.SENDER, f"leaf {sender.leaf_index} is blank: nobody to send")
        return leaf.signature_key
    if isinstance(sender, ExternalSender):
        return _external_key(content, sender.sender_index, extensions)
    if isinstance(sender, NewMemberProposalSender):
        if not isinstance(body, Add):
            refuse(rules.NEW_MEMBER_PROPOSES, "a new member can propose only its own Add")
        return body.key_package.leaf_node.signature_key
    if not isinstance(body, Commit):
        refuse(rules.NEW_MEMBER_COMMITS, "sender new_member_commit can send only a Commit")
    if body.path is None:
        refuse(rules.NEW_MEMBER_PATH, "an external Commit has a path")
    return body.path.leaf_node.signature_key


def _external_key(content: FramedContent, index: int, extensions: Sequence[Extension]) -> bytes:
    body = content.content
    proposes = not isinstance(body, Commit | ApplicationData)
    check(rules.EXTERNAL_CONTENT, proposes, "an external sender can send only proposals")
    may = isinstance(body, EXTERNAL_PROPOSALS)
    check(rules.EXTERNAL_KINDS, may, f"an external sender can't propose {type(body).__name__}")
    senders = external_senders(extensions)
    if index >= len(senders):
        refuse(rules.EXTERNAL_LISTED, f"the group lists no external sender {index}")
    return senders[index].signature_key


def external_senders(extensions: Sequence[Extension]) -> tuple[ExternalSenderEntry, ...]:
    """Who may propose from outside; nobody if the extension is absent or illegible."""
    data = find_extension(extensions, ExtensionType.external_senders)
    try:
        return () if data is None else decode(ExternalSenders, data).senders
    except DecodeError:
        return ()
