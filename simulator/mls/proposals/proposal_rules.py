"""What a single proposal must fulfil, whatever else is in the Commit (RFC 9420 12.1)."""

from dataclasses import field

from simulator.dataclass import dataclass
from simulator.mls.errors import InvalidProposal
from simulator.mls.extensions.components import NO_COMPONENTS, Components, check_app_data_update
from simulator.mls.framing.framing import MemberSender, NewMemberCommitSender, Sender
from simulator.mls.joining.key_package_validation import check_key_package
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.key_schedule.psk import PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.proposals import rules
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.context_extensions import check_context_extensions, check_dictionary_kept
from simulator.mls.proposals.proposal_support import check_proposals_supported
from simulator.mls.proposals.proposals import (
    Add,
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    Proposal,
    ReInit,
    Remove,
    Update,
)
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.leaf_node import LeafNode, LeafPlace, UpdateSource
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.rules import check, refuse


@dataclass(frozen=True, slots=True)
class ProposalRules:
    """The group that a proposal is for, and the time (unix seconds, None to ignore lifetimes) at which it is judged."""

    context: GroupContext
    tree: RatchetTree
    now: int | None
    components: Components = field(default_factory=lambda: NO_COMPONENTS)

    def check(self, proposal: Proposal, sender: Sender, *, in_commit: bool) -> None:
        """Raises InvalidProposal, InvalidKeyPackage or InvalidLeafNode.

        `in_commit` says that the proposal stands in a Commit by value: some may stand only there, some never.
        The rules of InvalidProposal: `update_by_non_member`, `remove_of_blank`,
        `psk_nonce_length`, `psk_usage`, `reinit_version`, `external_init_misplaced`, `self_remove_by_value`, and those
        of `check_context_extensions`, `check_dictionary_kept`, `check_app_data_update` and
        `check_proposals_supported`; for an Update InvalidLeafNode `encryption_key_reused`.
        """
        if not in_commit:
            check_proposals_supported((proposal,), (leaf for _, leaf in self.tree.leaves()))
        match proposal:
            case Add():
                check_key_package(proposal.key_package, self.tree.suite, self.now)
            case Update():
                self._check_update(proposal.leaf_node, sender)
            case Remove():
                self._check_remove(proposal.removed)
            case PreSharedKey():
                self._check_psk(proposal.psk, sender, in_commit)
            case ReInit():
                self._check_reinit(proposal)
            case ExternalInit():
                self._check_external_init(sender, in_commit)
            case GroupContextExtensions():
                check_context_extensions(proposal.extensions, InvalidProposal)
                check_dictionary_kept(self.context.extensions, proposal.extensions)
            case AppDataUpdate():
                check_app_data_update(proposal, self.components)
            case SelfRemove():
                self._check_self_remove(in_commit)

    def _check_update(self, leaf: LeafNode, sender: Sender) -> None:
        if not isinstance(sender, MemberSender):
            refuse(rules.UPDATE_SENDER, "only a member can update its leaf")
        place = LeafPlace(self.context.group_id, sender.leaf_index)
        check_leaf_node(leaf, self.tree.suite, source=UpdateSource, place=place, now=self.now)
        old = self.tree.leaf(sender.leaf_index)
        fresh = old is None or old.encryption_key != leaf.encryption_key
        check(rules.UPDATE_KEY, fresh, "an Update brings a new encryption key")

    def _check_remove(self, removed: int) -> None:
        if self.tree.leaf(removed) is None:
            refuse(rules.REMOVED, f"leaf {removed} is blank: nobody to remove")

    def _check_psk(self, psk: PreSharedKeyID, sender: Sender, in_commit: bool) -> None:
        wanted, got = self.tree.suite.secret_size, len(psk.psk_nonce)
        check(rules.PSK_NONCE, got == wanted, f"a PSK nonce has {wanted} bytes here, not {got}")
        if not isinstance(psk.source, ResumptionPSK) or psk.source.usage is ResumptionPSKUsage.application:
            return
        # Reinitialization and branching put this PSK into the Commit that leaves epoch 0 (RFC 9420 11.2, 11.3).
        first = self.context.epoch == 0 and in_commit and isinstance(sender, MemberSender)
        words = f"a PSK for {psk.source.usage.name} belongs only into the first Commit of the new group"
        check(rules.PSK_USAGE, first, words)

    def _check_reinit(self, reinit: ReInit) -> None:
        on = reinit.version >= self.context.version
        check(rules.REINIT_VERSION, on, "a ReInit can't go back to an older version")
        check_context_extensions(reinit.extensions, InvalidProposal)  # else no group could have them (13.4)

    def _check_external_init(self, sender: Sender, in_commit: bool) -> None:
        placed = in_commit and isinstance(sender, NewMemberCommitSender)
        check(rules.EXTERNAL_INIT_PLACE, placed, "ExternalInit belongs to external Commits only")

    def _check_self_remove(self, in_commit: bool) -> None:
        check(rules.SELF_REMOVE_PLACE, not in_commit, "a Commit covers a SelfRemove by reference only")
