"""Each flaw of a ratchet tree breaks one rule, and no other: without it the tree is taken."""

import pytest

from simulator.clients.adversary.odd_tree import FLAWS, OddTree, odd_tree
from simulator.clients.operations import ExternalJoin
from simulator.errors import Misuse, SimulatorError
from simulator.federation import Session
from simulator.mls.errors import MLSError
from simulator.mls.public_group import PublicGroup
from simulator.rules import Enforcement, enforced_by

BROKEN = {
    "blank_at_the_end": "RFC9420-12.4.3.3-LAST-NODE-BLANK",
    "parent_of_nobody": "RFC9420-7.9.2-PARENT-HASH-INVALID",
    "parent_with_leaf_key": "RFC9420-12.4.3.1-DUPLICATE-ENCRYPTION-KEY/TREE",
    "strange_credential": "RFC9420-7.3-CREDENTIAL-UNSUPPORTED",
    "unmerged_backwards": "RFC9420-7.1-UNMERGED-LEAVES-UNSORTED",
    "unmerged_blank": "RFC9420-12.4.3.1-UNMERGED-LEAF-BLANK",
    "unmerged_above_only": "RFC9420-12.4.3.1-UNMERGED-LEAF-UNCHAINED",
}
"""Without this rule the tree is taken."""
ESSENTIAL = {"unmerged_elsewhere": "RFC9420-12.4.3.1-UNMERGED-LEAF-NOT-BELOW"}


def _joined(odd: OddTree) -> PublicGroup:
    return PublicGroup.from_group_info(odd.group_info, odd.nodes, None)


async def _made(session: Session, group: str, flaw: str) -> OddTree:
    if flaw == "unmerged_above_only":
        await session.client("alice.laptop").perform(ExternalJoin(group))
        await session.settle()
    return odd_tree(session.client("alice.phone").state, group, flaw)


@pytest.mark.parametrize("flaw", FLAWS)
async def test_one_rule_is_broken(session: Session, trio_group: str, flaw: str) -> None:
    odd, rule = await _made(session, trio_group, flaw), {**BROKEN, **ESSENTIAL}[flaw]
    with pytest.raises(MLSError) as refused:
        _joined(odd)
    assert refused.value.rules[0] == rule
    if flaw in ESSENTIAL:
        return
    with enforced_by(Enforcement(frozenset({rule}))):
        assert _joined(odd).epoch == 1 + (flaw == "unmerged_above_only")


async def test_without_a_flaw_it_is_the_group_s(session: Session, trio_group: str) -> None:
    alice = session.client("alice.phone")
    assert odd_tree(alice.state, trio_group, "nothing").nodes == alice.groups[trio_group].public.ratchet_tree()
    assert _joined(odd_tree(alice.state, trio_group, "nothing")).context == alice.groups[trio_group].public.context


async def test_a_tree_without_blank_leaves(session: Session, trio_group: str) -> None:
    await session.client("alice.laptop").perform(ExternalJoin(trio_group))
    await session.settle()
    with pytest.raises(SimulatorError, match="no leaf of the ratchet tree is blank"):
        odd_tree(session.client("alice.phone").state, trio_group, "unmerged_blank")


async def test_a_tree_whose_only_parent_is_above_all(session: Session, group: str) -> None:
    with pytest.raises(Misuse, match="all members are below every parent"):
        odd_tree(session.client("alice.phone").state, group, "unmerged_elsewhere")


async def test_a_tree_without_a_parent_between(session: Session, trio_group: str) -> None:
    with pytest.raises(SimulatorError, match="no other member has a parent above it"):
        odd_tree(session.client("alice.phone").state, trio_group, "unmerged_above_only")


async def test_a_flaw_that_is_none_is_told_with_the_nearest(session: Session, trio_group: str) -> None:
    with pytest.raises(SimulatorError, match='did you mean "unmerged_blank"'):
        odd_tree(session.client("alice.phone").state, trio_group, "unmerged_blnk")
