"""Joining without an invitation, by an external Commit (RFC 9420 8.3, 12.4.3.2)."""

from collections.abc import Sequence

from simulator.codec import decode
from simulator.mls.commits import rules
from simulator.mls.commits.commit import Commit, ProposalByReference, ProposalByValue, ProposalOrRef
from simulator.mls.commits.commit_builder import BuiltCommit
from simulator.mls.commits.commit_sealing import EntropyInputs, seal_commit
from simulator.mls.commits.epoch_change import begin_epoch
from simulator.mls.crypto.randomness import Rand
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub, find_extension
from simulator.mls.framing.framing import MemberSender, NewMemberCommitSender
from simulator.mls.framing.message import mls_message
from simulator.mls.framing.public_message import protect
from simulator.mls.identity import Identity
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.group_info_builder import build_group_info
from simulator.mls.key_schedule.psk import PreSharedKeyID, psk_secret
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.long_work import Steps, pause
from simulator.mls.member_state import MemberState
from simulator.mls.proposals.proposal_list import resolve
from simulator.mls.proposals.proposals import ExternalInit, PreSharedKey, Proposal, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.treekem import new_path
from simulator.rules import refuse


def build_external_commit(
    group_info: GroupInfo,
    public: PublicGroup,
    identity: Identity,
    rand: Rand,
    *,
    resync: bool = True,
    leaf_extensions: Sequence[Extension] | None = None,
    psks: PSKStore,
    psk_ids: Sequence[PreSharedKeyID] = (),
    proposals: Sequence[Proposal] = (),
    references: Sequence[bytes] = (),
    authenticated_data: bytes = b"",
) -> Steps[BuiltCommit]:
    """An external Commit of `identity`, which with `resync` replaces a leaf that it has in the group already; in steps.

    `public` is the group that the GroupInfo describes, with the SelfRemoves that wait there among its proposals: they
    are committed by reference, as are `references`, and `proposals` by value. Raises InvalidGroupInfo
    (`external_pub_missing`), or what members would raise.
    """
    data = find_extension(group_info.extensions, ExtensionType.external_pub)
    if data is None:
        refuse(rules.EXTERNAL_PUB, "the GroupInfo has no external_pub to join by")
    size = public.tree.leaf_count
    yield from pause(size)
    suite = public.suite
    kem_output, init_secret = suite.send_external_init(decode(ExternalPub, data).external_pub, rand)
    listed = _listed(public, ExternalInit(kem_output), identity if resync else None, psk_ids, proposals, references)
    sender = NewMemberCommitSender()
    change = begin_epoch(public, resolve(listed, sender, public.proposals), sender, None)
    yield from pause(size)
    path = new_path(
        change.applied.tree,
        change.committer,
        identity.unsigned_leaf(leaf_extensions),
        identity.signature_private_key,
        public.group_id,
        rand,
    )
    yield from pause(size)
    draft = change.with_own_path(path.tree, path.leaf_node)
    encrypted = yield from path.encrypt(draft.context, (), rand)
    inputs = EntropyInputs(init_secret, path.commit_secret, psk_secret(suite, psks.look_up(psk_ids)))
    sealed = seal_commit(
        public,
        draft,
        Commit(listed, encrypted),
        sender,
        identity.signature_private_key,
        inputs,
        authenticated_data=authenticated_data,
    )
    state = MemberState.first(sealed.public, identity, path.private, sealed.secrets)
    message = protect(suite, sealed.content, public.context, None)
    new_info = build_group_info(state, (ExtensionType.external_pub,))
    return BuiltCommit(mls_message(message), (), new_info, state)


def _listed(
    public: PublicGroup,
    external_init: ExternalInit,
    returning: Identity | None,
    psk_ids: Sequence[PreSharedKeyID],
    proposals: Sequence[Proposal],
    references: Sequence[bytes],
) -> tuple[ProposalOrRef, ...]:
    """`returning` is who has its old leaf removed, unless that leaf removes itself."""
    leaving = [stored for stored in public.proposals.values() if isinstance(stored.proposal, SelfRemove)]
    old = None if returning is None else public.find(returning.name)
    removes = [] if old is None or any(stored.sender == MemberSender(old.leaf_index) for stored in leaving) else [old]
    return (
        ProposalByValue(external_init),
        *(ProposalByValue(Remove(member.leaf_index)) for member in removes),
        *(ProposalByValue(PreSharedKey(psk)) for psk in psk_ids),
        *(ProposalByValue(proposal) for proposal in proposals),
        *(ProposalByReference(stored.reference) for stored in leaving),
        *(ProposalByReference(reference) for reference in references),
    )
