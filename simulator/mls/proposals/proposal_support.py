"""Which proposals the members understand (RFC 9420 7.2, 12.2)."""

from collections.abc import Iterable

from simulator.mls.proposals import rules
from simulator.mls.proposals.proposals import DEFAULT_PROPOSAL_TYPES, Proposal, proposal_type
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check


def check_proposals_supported(proposals: Iterable[Proposal], leaves: Iterable[LeafNode]) -> None:
    """Whether the capabilities of all these leaves list what is not a default type.

    Raises InvalidProposal (`proposal_type_unsupported`).
    """
    types = {proposal_type(proposal) for proposal in proposals} - DEFAULT_PROPOSAL_TYPES
    if not types:
        return
    for leaf in leaves:
        missing = sorted(types.difference(leaf.capabilities.proposals))
        if missing:
            check(rules.SUPPORTED, False, f"not all members support proposals of type {missing[0].name}")
