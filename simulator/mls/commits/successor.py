"""Founding a group that follows another one (RFC 9420 11.2, 11.3); joiners check it with `succession`."""

from collections.abc import Callable, Sequence

from simulator.dataclass import dataclass
from simulator.mls.commits.commit_builder import BuiltCommit, CommitOptions, build_commit
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CipherSuite, cipher_suite
from simulator.mls.errors import NotAllowed
from simulator.mls.extensions.extension import Extension
from simulator.mls.identity import Identity
from simulator.mls.joining.founding import create_group
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.key_schedule.psk import PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.key_schedule.psk_store import NO_PSKS
from simulator.mls.member_state import MemberState
from simulator.mls.proposals.proposals import Add, PreSharedKey
from simulator.mls.tree.leaf_node import Lifetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessorPlan:
    """Who goes into the new group with whom: the founder's own identity there, and the others' KeyPackages."""

    identity: Identity
    key_packages: Sequence[KeyPackage]
    lifetime: Lifetime
    leaf_extensions: Sequence[Extension] | None = None
    welcome_per: Callable[[KeyPackage], str] | None = None
    tree_in_welcome: bool = False


def reinitialize(old: MemberState, plan: SuccessorPlan, rand: Rand, now: int | None) -> tuple[MemberState, BuiltCommit]:
    """The group that the old one's ReInit has announced, at epoch 0, and the Commit that brings the others into it.

    Raises NotAllowed (`no_reinit`) unless a ReInit has ended the old group, and what a Commit raises.
    """
    reinit = old.public.reinit
    if reinit is None:
        raise NotAllowed("no_reinit", "RFC 9420 11.2", "no ReInit has ended the old group")
    suite = cipher_suite(reinit.cipher_suite)
    return _found(old, ResumptionPSKUsage.reinit, suite, reinit.group_id, reinit.extensions, plan, rand, now)


def branch(
    old: MemberState,
    group_id: bytes,
    extensions: Sequence[Extension],
    plan: SuccessorPlan,
    rand: Rand,
    now: int | None,
) -> tuple[MemberState, BuiltCommit]:
    """A group of some members of the old one, at epoch 0, and the Commit that brings the others into it."""
    return _found(old, ResumptionPSKUsage.branch, old.suite, group_id, extensions, plan, rand, now)


def _found(
    old: MemberState,
    usage: ResumptionPSKUsage,
    suite: CipherSuite,
    group_id: bytes,
    extensions: Sequence[Extension],
    plan: SuccessorPlan,
    rand: Rand,
    now: int | None,
) -> tuple[MemberState, BuiltCommit]:
    founded = create_group(plan.identity, suite, group_id, rand, plan.lifetime, extensions, plan.leaf_extensions)
    source = ResumptionPSK(usage, old.public.group_id, old.public.epoch)
    psk = PreSharedKey(PreSharedKeyID(source, rand("psk_nonce", suite.secret_size)))
    options = CommitOptions(psks=old.psks(NO_PSKS), welcome_per=plan.welcome_per, tree_in_welcome=plan.tree_in_welcome)
    adds = [Add(key_package) for key_package in plan.key_packages]
    return founded, build_commit(founded, [*adds, psk], rand, now, options)
