"""When a Commit needs a path, and what its leaf must look like (RFC 9420 7.3, 12.4).

How the rest of a path must fit the tree is in `treekem.merge_update_path`.
"""

from simulator.mls.commits import rules
from simulator.mls.commits.commit import UpdatePath
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.proposals.proposal_list import ProposalList
from simulator.mls.proposals.proposals import PATH_REQUIRED
from simulator.mls.tree.leaf_node import CommitSource, LeafPlace
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.rules import check


def path_required(proposals: ProposalList) -> bool:
    """Whether a Commit over these must have a path (RFC 9420 12.4)."""
    items = proposals.items
    return not items or any(isinstance(item.proposal, PATH_REQUIRED) for item in items)


def check_path_presence(proposals: ProposalList, path: UpdatePath | None) -> None:
    """Raises InvalidCommit (`path_missing`) for a Commit without the path it needs."""
    fits = path is not None or not path_required(proposals)
    check(rules.PATH_THERE, fits, "the Commit needs a path and has none")


def check_path_contents(path: UpdatePath, suite: CipherSuite, place: LeafPlace) -> None:
    """The leaf and the keys of a path, each by itself.

    Raises InvalidLeafNode (the rules of `check_leaf_node`) or InvalidUpdatePath (`invalid_path_key`).
    """
    check_leaf_node(path.leaf_node, suite, source=CommitSource, place=place, now=None)
    keys = all(suite.kem.is_public(node.encryption_key) for node in path.nodes)
    check(rules.PATH_KEYS, keys, "a key of the path is not one of the cipher suite")
