"""Rule 19: GroupContextExtensions, then Update, then Remove, then Add, whatever the order in the list."""

from itertools import permutations

import pytest

from simulator.fuzzing.whole_group import PRIVATE_USE, WholeGroup, addition, removal
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import MemberSender
from simulator.mls.proposals.proposal_apply import apply_proposals
from simulator.mls.proposals.proposal_list import CommittedProposal, ProposalList
from simulator.mls.proposals.proposals import GroupContextExtensions, Proposal, Remove, Update
from tests.mls.frankenstein import commit_of, forge_commit

NAMES = ("alice", "bob", "carol", "dave")


def listed(*items: tuple[Proposal, int]) -> ProposalList:
    """Proposals with the leaf of their senders."""
    return ProposalList(
        tuple(CommittedProposal(proposal, MemberSender(sender), by_reference=True) for proposal, sender in items)
    )


def test_the_order_of_the_list_does_not_matter_across_kinds() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice")
    tree = whole.service.tree
    update = Update(whole.person("new bob").key_package().leaf_node)
    items = [
        (GroupContextExtensions((Extension(PRIVATE_USE, b""),)), 0),
        (update, 1),
        (Remove(2), 0),
        (addition(whole, "erin"), 0),
    ]
    outcomes = [apply_proposals(tree, (), listed(*order)) for order in permutations(items)]
    assert {outcome.tree.tree_hash for outcome in outcomes} == {outcomes[0].tree.tree_hash}
    outcome = outcomes[0]
    assert outcome.extensions == (Extension(PRIVATE_USE, b""),)
    assert [member.leaf_index for member in outcome.added] == [2]
    assert [(member.leaf_index, member.leaf_node) for member in outcome.updated] == [(1, tree.leaf(1))]
    assert [(member.leaf_index, member.leaf_node) for member in outcome.renewed] == [(1, update.leaf_node)]
    assert [(member.leaf_index, member.leaf_node) for member in outcome.removed] == [(2, tree.leaf(2))]
    assert outcome.gone == (*outcome.updated, *outcome.removed)
    assert outcome.come == (*outcome.renewed, *outcome.added)


def test_adds_fill_the_tree_in_their_own_order() -> None:
    whole = WholeGroup.of(*NAMES)
    erin, frank = addition(whole, "erin"), addition(whole, "frank")
    for first, second in ((erin, frank), (frank, erin)):
        applied = apply_proposals(whole.service.tree, (), listed((first, 0), (Remove(1), 0), (second, 0)))
        assert [member.leaf_index for member in applied.added] == [1, 4]
        assert applied.tree.leaf(1) == first.key_package.leaf_node


def test_a_commit_that_lists_adds_first_still_fills_the_freed_leaf() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", addition(whole, "erin"), removal(whole, "bob"))
    assert whole.index("erin") == 1


def test_a_path_made_for_another_order_is_refused() -> None:
    """Adding before removing would put erin on leaf 4 and make the tree twice as high."""
    whole = WholeGroup.of(*NAMES)
    honest = commit_of(whole.prepare("alice", addition(whole, "erin"), force_path=True).message)
    message = forge_commit(whole.groups["alice"], *honest.proposals, removal(whole, "bob"), path=honest.path)
    assert whole.refused(message, "alice") == "path_length"


def test_extensions_stay_unless_they_are_set() -> None:
    whole = WholeGroup.of(*NAMES)
    extensions = (Extension(PRIVATE_USE, b"old"),)
    assert apply_proposals(whole.service.tree, extensions, listed()).extensions == extensions
    assert apply_proposals(whole.service.tree, extensions, listed((GroupContextExtensions(()), 0))).extensions == ()


def test_an_invalid_list_does_not_get_here() -> None:
    whole = WholeGroup.of(*NAMES)
    with pytest.raises(ValueError, match="leaf 9 is blank"):
        apply_proposals(whole.service.tree, (), listed((Remove(9), 0)))
