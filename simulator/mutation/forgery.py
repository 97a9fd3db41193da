"""Making right again what an edit has made wrong: parent hashes, signatures, tags, from the inside out.

The forger has everybody's keys. What is only altered fails at its signature; what is altered and signed again gets as
far as the rule that the alteration breaks, or is accepted.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from simulator.codec import DecodeError, encode
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit, ProposalByValue, UpdatePath
from simulator.mls.commits.epoch_change import begin_epoch
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.crypto import CipherSuite
from simulator.mls.errors import MLSError
from simulator.mls.framing.authentication import framed_content_tbs
from simulator.mls.framing.framing import (
    AuthenticatedContent,
    ExternalSender,
    FramedContent,
    MemberSender,
    NewMemberCommitSender,
    PublicMessage,
    Sender,
    WireFormat,
)
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.public_message import membership_tag
from simulator.mls.group import Group
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import key_package_tbs
from simulator.mls.key_schedule.key_schedule import EpochSecrets, joiner_secret
from simulator.mls.key_schedule.psk import psk_secret
from simulator.mls.key_schedule.psk_store import NO_PSKS
from simulator.mls.proposals.proposal_list import resolve
from simulator.mls.proposals.proposals import Add, Update
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import CommitSource, LeafNode, LeafPlace
from simulator.mls.tree.leaf_validation import leaf_node_tbs
from simulator.mls.tree.parent_hash import path_nodes
from simulator.mls.tree.treekem import open_update_path
from simulator.services.signing import Sign, signer

IMPOSSIBLE = (MLSError, DecodeError, ValueError, LookupError, TypeError, ArithmeticError)
"""What an alteration may do to the forger itself: it leaves the message as it is then, for the target to judge."""


@dataclass(frozen=True)
class Forger:
    """`keys` are private signature keys by public ones; `usual` signs where a message names none of those.

    `views` are what the members know of each group, by group_id and client.
    """

    suite: CipherSuite
    keys: Mapping[bytes, bytes]
    views: Mapping[bytes, Mapping[bytes, Group]]
    usual: Sign
    external: Sign
    """Signs for an external sender."""
    now: int

    def sign_with(self, public_key: bytes) -> Sign:
        """The signature of whoever has this key."""
        private = self.keys.get(public_key)
        return self.usual if private is None else signer(self.suite, private)

    def message(self, message: MLSMessage) -> MLSMessage:
        """The message with what is in it signed again; Welcomes and PrivateMessages stay as they are."""
        match message.body:
            case PublicMessage() as public:
                return replace(message, body=self.public_message(public))
            case GroupInfo() as info:
                return replace(message, body=self.group_info(info, None))
            case KeyPackage() as key_package:
                return replace(message, body=self.key_package(key_package))
        return message

    def leaf(self, leaf: LeafNode, place: LeafPlace | None) -> LeafNode:
        """The leaf, signed for its place."""
        return replace(
            leaf, signature=self._signed(leaf.signature_key, "LeafNodeTBS", lambda: leaf_node_tbs(leaf, place))
        )

    def key_package(self, key_package: KeyPackage) -> KeyPackage:
        """The KeyPackage, signed, and so its leaf."""
        whole = replace(key_package, leaf_node=self.leaf(key_package.leaf_node, None))
        key = whole.leaf_node.signature_key
        return replace(whole, signature=self._signed(key, "KeyPackageTBS", lambda: key_package_tbs(whole)))

    def group_info(self, info: GroupInfo, signer_key: bytes | None) -> GroupInfo:
        """The GroupInfo, signed by whom it names, or with `signer_key`."""
        view = self.view(info.group_context.group_id)
        leaf = None if view is None else view.public.tree.leaf(info.signer)
        key = signer_key or (b"" if leaf is None else leaf.signature_key)
        return replace(info, signature=self._signed(key, "GroupInfoTBS", lambda: group_info_tbs(info)))

    def view(self, group_id: bytes, *, but: bytes = b"") -> Group | None:
        """What some member, but not the one of this name, knows of a group."""
        return next((view for name, view in self.views.get(group_id, {}).items() if name != but), None)

    def public_message(self, message: PublicMessage) -> PublicMessage:
        """The message with all that is in it, signed by its sender, with both tags as they should be."""
        framed = message.content
        view = self.view(framed.group_id) or next(iter(next(iter(self.views.values())).values()))
        group = view.public
        framed = replace(framed, content=self._content(framed, group))
        signature = self._sender_sign(framed, group)(
            "FramedContentTBS", encode(framed_content_tbs(WireFormat.mls_public_message, framed, group.context))
        )
        tag = message.confirmation_tag
        if isinstance(framed.content, Commit):
            tag = self._confirmation_tag(framed, signature, group) or tag
        content = AuthenticatedContent(WireFormat.mls_public_message, framed, signature, tag)
        mac = None
        if isinstance(framed.sender, MemberSender):
            mac = membership_tag(group.suite, content, group.context, view.state.secrets.membership_key)
        return PublicMessage(framed, signature, tag, mac)

    def staged(self, message: PublicMessage) -> StagedCommit | None:
        """What a Commit makes of its group, if it is good."""
        view = self.view(message.content.group_id)
        try:
            return None if view is None else view.public.stage_commit(message, self.now)
        except IMPOSSIBLE:
            return None

    def _signed(self, key: bytes, label: str, content: Callable[[], bytes]) -> bytes:
        try:
            return self.sign_with(key)(label, content())
        except IMPOSSIBLE:
            return b"no signature"

    def _content(self, framed: FramedContent, group: PublicGroup) -> Any:
        match framed.content:
            case Commit(proposals, path):
                signed = tuple(
                    ProposalByValue(self._proposal(item.proposal, framed.sender, group))
                    if isinstance(item, ProposalByValue)
                    else item
                    for item in proposals
                )
                commit = Commit(signed, path)
                return replace(commit, path=self._path(path, commit, framed.sender, group)) if path else commit
            case proposal:
                return self._proposal(proposal, framed.sender, group)

    def _proposal(self, proposal: Any, sender: Sender, group: PublicGroup) -> Any:
        match proposal:
            case Add(key_package):
                return Add(self.key_package(key_package))
            case Update(leaf) if isinstance(sender, MemberSender):
                return Update(self.leaf(leaf, LeafPlace(group.group_id, sender.leaf_index)))
        return proposal

    def _path(self, path: UpdatePath, commit: Commit, sender: Sender, group: PublicGroup) -> UpdatePath:
        """The path with the parent hash that its keys ask for, and its leaf signed."""
        committer, leaf = sender.leaf_index if isinstance(sender, MemberSender) else 0, path.leaf_node
        try:
            change = begin_epoch(group, resolve(commit.proposals, sender, group.proposals), sender, self.now)
            committer = change.committer
            steps = change.applied.tree.grown_for(committer).filtered_direct_path(committer)
            _, parent_hash = path_nodes(group.suite, steps, [node.encryption_key for node in path.nodes])
        except IMPOSSIBLE:
            pass
        else:
            if isinstance(leaf.source, CommitSource):
                leaf = replace(leaf, source=CommitSource(parent_hash))
        return replace(path, leaf_node=self.leaf(leaf, LeafPlace(group.group_id, committer)))

    def _sender_sign(self, framed: FramedContent, group: PublicGroup) -> Sign:
        match framed.sender, framed.content:
            case MemberSender(leaf_index), _:
                leaf = group.tree.leaf(leaf_index)
                return self.usual if leaf is None else self.sign_with(leaf.signature_key)
            case ExternalSender(), _:
                return self.external
            case NewMemberCommitSender(), Commit(_, UpdatePath() as path):
                return self.sign_with(path.leaf_node.signature_key)
            case _, Add(key_package):
                return self.sign_with(key_package.leaf_node.signature_key)
        return self.usual

    def _confirmation_tag(self, framed: FramedContent, signature: bytes, group: PublicGroup) -> bytes | None:
        """The tag that a receiver of the Commit works out, if it gets so far."""
        content = AuthenticatedContent(WireFormat.mls_public_message, framed, signature, b"")
        try:
            staged = group.stage_authenticated_commit(content, self.now)
            gone = {member.leaf_index for member in staged.removed}
            views = self.views.get(group.group_id, {}).values()
            receiver = next(view for view in views if view.own_index not in gone and view.own_index != staged.committer)
            return _tag_of(receiver, staged)
        except (*IMPOSSIBLE, StopIteration):
            return None


def _tag_of(receiver: Group, staged: StagedCommit) -> bytes:
    """RFC 9420 12.4.2, as far as the confirmation tag, as somebody other than the committer does it."""
    state, public = receiver.state, staged.group
    suite = public.suite
    commit_secret, init_secret = suite.zero, state.secrets.init_secret
    if staged.update_path is not None:
        _, commit_secret = open_update_path(
            public.tree,
            staged.committer,
            staged.update_path,
            state.private_tree,
            staged.provisional_context,
            staged.new_leaves,
        )
    external_init = staged.proposal_list.external_init
    if external_init is not None:
        init_secret = suite.receive_external_init(state.secrets.external_key_pair().private, external_init.kem_output)
    psk = psk_secret(suite, state.psks(NO_PSKS).look_up(staged.proposal_list.psks))
    joiner = joiner_secret(suite, init_secret, commit_secret, public.context)
    secrets = EpochSecrets.of_joiner(suite, joiner, psk, public.context)
    return secrets.confirmation_tag(public.context.confirmed_transcript_hash)
