"""Messages that no honest client would send: any content, signed and tagged as if it were meant.

A message that is merely altered fails at its signature. To see the rule behind it, the forger has a member's keys: it
signs, and computes the membership tag, over whatever it likes. The confirmation tag is only ever a guess, because the
Delivery Service can't check it and members come to it last.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from simulator.fuzzing.whole_group import Person
from simulator.mls.commits.commit import Commit, ProposalByReference, ProposalByValue, ProposalOrRef, UpdatePath
from simulator.mls.framing.authentication import sign_content
from simulator.mls.framing.framing import (
    ApplicationData,
    AuthenticatedContent,
    FramedContent,
    MemberSender,
    NewMemberCommitSender,
    PublicMessage,
    Sender,
    WireFormat,
)
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.public_message import membership_tag
from simulator.mls.group import Group
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import key_package_tbs
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.tree.leaf_node import LeafNode, LeafPlace
from simulator.mls.tree.leaf_validation import sign_leaf_node

GUESSED_TAG = b"guessed confirmation tag"


def forge(
    group: Group,
    content: Commit | Proposal | ApplicationData,
    *,
    sender: Sender | None = None,
    signer: Person | None = None,
    context: GroupContext | None = None,
    confirmation_tag: bytes = GUESSED_TAG,
    **frame: Any,
) -> MLSMessage:
    """A PublicMessage with `content`, by a member that goes to any length.

    `sender` is who it claims to be, `signer` whose key really signs, `context` the GroupContext under the signature;
    further arguments replace fields of the FramedContent.
    """
    sender = sender or MemberSender(group.own_index)
    framed = replace(FramedContent(group.group_id, group.epoch, sender, b"", content), **frame)
    suite, context = group.public.suite, context or group.public.context
    private = (signer.identity if signer else group.identity).signature_private_key
    signature = sign_content(suite, private, WireFormat.mls_public_message, framed, context)
    tag = confirmation_tag if isinstance(content, Commit) else None
    signed = AuthenticatedContent(WireFormat.mls_public_message, framed, signature, tag)
    mac = None
    if isinstance(sender, MemberSender):
        mac = membership_tag(suite, signed, context, group.state.secrets.membership_key)
    return mls_message(PublicMessage(framed, signature, tag, mac))


def forge_commit(
    group: Group, *proposals: Proposal | ProposalOrRef, path: UpdatePath | None = None, **how: Any
) -> MLSMessage:
    """A forged Commit over these proposals."""
    return forge(group, Commit(listed(proposals), path), **how)


def forge_external_commit(
    group: Group, joiner: Person, proposals: Sequence[Proposal | ProposalOrRef], path: UpdatePath | None
) -> MLSMessage:
    """A forged external Commit; `group` is any member's, for the frame."""
    return forge(group, Commit(listed(proposals), path), sender=NewMemberCommitSender(), signer=joiner)


def listed(proposals: Sequence[Proposal | ProposalOrRef]) -> tuple[ProposalOrRef, ...]:
    """Bare proposals by value, the rest as it is."""
    return tuple(
        item if isinstance(item, ProposalByValue | ProposalByReference) else ProposalByValue(item) for item in proposals
    )


def commit_of(message: MLSMessage) -> Commit:
    """The Commit in a PublicMessage."""
    assert isinstance(message.body, PublicMessage)
    content = message.body.content.content
    assert isinstance(content, Commit)
    return content


def reforge(group: Group, message: MLSMessage, change: Callable[[Commit], Commit]) -> MLSMessage:
    """An honest Commit with something changed, signed and tagged again by the same member."""
    return forge(group, change(commit_of(message)))


def with_path(group: Group, message: MLSMessage, change: Callable[[UpdatePath], UpdatePath]) -> MLSMessage:
    """An honest Commit with its path changed; a changed leaf is as signed as `change` leaves it."""

    def changed(commit: Commit) -> Commit:
        assert commit.path is not None
        return replace(commit, path=change(commit.path))

    return reforge(group, message, changed)


def resigned_leaf(leaf: LeafNode, person: Person, place: LeafPlace | None, **changes: Any) -> LeafNode:
    """The leaf with other fields, and a signature over them."""
    return sign_leaf_node(person.suite, person.identity.signature_private_key, replace(leaf, **changes), place)


def resigned_key_package(key_package: KeyPackage, person: Person, **changes: Any) -> KeyPackage:
    """The KeyPackage with other fields, and a signature over them."""
    changed = replace(key_package, **changes)
    signature = person.identity.sign(person.suite, "KeyPackageTBS", key_package_tbs(changed))
    return replace(changed, signature=signature)


def with_leaf(key_package: KeyPackage, person: Person, place: LeafPlace | None = None, **changes: Any) -> KeyPackage:
    """The KeyPackage with other fields in its leaf, both signed again."""
    leaf = resigned_leaf(key_package.leaf_node, person, place, **changes)
    return resigned_key_package(key_package, person, leaf_node=leaf)
