"""Groups that follow another one: reinitialization and subgroup branching (RFC 9420 11.2, 11.3)."""

from collections.abc import Mapping, Sequence

from simulator.mls.commits import rules
from simulator.mls.key_schedule.psk import PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.member_state import MemberState
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.roster import Member
from simulator.rules import check, refuse


def succession_of(psks: Sequence[PreSharedKeyID]) -> ResumptionPSK | None:
    """The PSK that ties a new group to an old one, if there is one.

    Raises InvalidWelcome (`several_predecessors`).
    """
    found = [
        psk.source
        for psk in psks
        if isinstance(psk.source, ResumptionPSK) and psk.source.usage is not ResumptionPSKUsage.application
    ]
    check(rules.ONE_PREDECESSOR, len(found) <= 1, "a group can follow only one other group")
    return found[0] if found else None


def check_succession(psks: Sequence[PreSharedKeyID], public: PublicGroup, groups: Mapping[bytes, MemberState]) -> None:
    """Whether a group that one is invited to really follows the group that its PSKs name.

    Raises InvalidWelcome with one of the rules `several_predecessors`, `predecessor_unknown`, `successor_epoch`,
    `reinit_mismatch`, `reinit_members`, `branch_mismatch`, `branch_members`.
    """
    source = succession_of(psks)
    if source is None:
        return
    old = groups.get(source.psk_group_id)
    if old is None:
        refuse(rules.PREDECESSOR, "the group to be followed is not one of this client's")
    check(rules.FIRST_EPOCH, public.epoch == 1, f"one joins a successor in epoch 1, not in {public.epoch}")
    if source.usage is ResumptionPSKUsage.reinit:
        _check_reinit(source, public, old)
    else:
        _check_branch(source, public, old)


def _check_reinit(source: ResumptionPSK, public: PublicGroup, old: MemberState) -> None:
    reinit, context = old.public.reinit, public.context
    if reinit is None or source.psk_epoch != old.public.epoch:
        refuse(rules.REINIT, "the last Commit of the old group is no ReInit")
    announced = (reinit.group_id, reinit.version, reinit.cipher_suite, reinit.extensions)
    same = announced == (context.group_id, context.version, context.cipher_suite, context.extensions)
    check(rules.ANNOUNCED, same, "the new group is not what the ReInit has announced")
    all_come = _identities(old.public.tree) <= _identities(public.tree)
    check(rules.ALL_COME, all_come, "a member of the old group is missing in the new one")


def _check_branch(source: ResumptionPSK, public: PublicGroup, old: MemberState) -> None:
    before, context = old.public.context, public.context
    same = (before.version, before.cipher_suite) == (context.version, context.cipher_suite)
    check(rules.BRANCH, same, "a branch has the version and cipher suite of its origin")
    trees = {messages.context.epoch: messages.tree for messages in (*old.past_messages, old.messages)}
    origin = trees.get(source.psk_epoch)
    if origin is None:
        refuse(rules.ORIGIN, f"the members of epoch {source.psk_epoch} are forgotten")
    known = _identities(public.tree) <= _identities(origin)
    check(rules.BRANCH_MEMBERS, known, "somebody in the branch was not in its origin")


def _identities(tree: RatchetTree) -> set[bytes]:
    return {Member(index, leaf).identity for index, leaf in tree.leaves()}
