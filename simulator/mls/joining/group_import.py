"""A group from outside, by GroupInfo and ratchet tree (RFC 9420 12.4.3)."""

from simulator.codec import codec, encode
from simulator.dataclass import dataclass
from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.errors import InvalidGroupInfo
from simulator.mls.extensions.extension import ExtensionType, find_extension, has_duplicate_types
from simulator.mls.joining import rules
from simulator.mls.joining.group_info import GroupInfo, GroupInfoTBS
from simulator.mls.long_work import STRIDE, Steps, pause
from simulator.mls.proposals.context_extensions import Demands, check_context_extensions
from simulator.mls.remembered import Remembered
from simulator.mls.tree.leaf_node import KeyPackageSource, ProtocolVersion
from simulator.mls.tree.leaf_validation import check_lifetime
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.roster import Roster
from simulator.mls.tree.subtree import in_order
from simulator.mls.tree.tree_validation import check_tree
from simulator.rules import check, refuse

RATCHET_TREE = codec(RatchetTreeNodes)
"""The body of the ratchet_tree extension (RFC 9420 12.4.3.3)."""


@dataclass(frozen=True, slots=True)
class ImportedGroup:
    """A tree that belongs to its GroupInfo, and its members."""

    tree: RatchetTree
    roster: Roster


_CHECKED: Remembered[ImportedGroup] = Remembered(8)
"""Trees in which all is good that follows from cipher suite, group_id, GroupContext extensions and nodes; under these.
Whoever joins by one still checks that it is the GroupInfo's, who has signed that, and lifetimes."""


def import_group(group_info: GroupInfo, nodes: RatchetTreeNodes | None, now: int | None) -> Steps[ImportedGroup]:
    """Check GroupInfo and tree against each other and each by itself, in steps; see `PublicGroup.from_group_info`.

    Raises InvalidGroupInfo with one of the rules `wrong_version`, `tree_missing`, `tree_hash_mismatch`,
    `signer_blank`, `invalid_signature`, `duplicate_extension`, `misplaced_extension`, `malformed_extension`; else
    InvalidTree or InvalidLeafNode.
    """
    context = group_info.group_context
    spoken = context.version == ProtocolVersion.mls10
    check(rules.GROUP_VERSION, spoken, f"the group is of version {context.version}, not MLS 1.0")
    suite = cipher_suite(context.cipher_suite)
    check_context_extensions(context.extensions, InvalidGroupInfo)
    nodes = _nodes_of(group_info) if nodes is None else nodes
    given = (suite.value, context.group_id, context.extensions, nodes)
    known = _CHECKED.find(*given)
    if known is not None:
        _check_against(group_info, known.tree)
        _check_lifetimes(known.tree, now)
        return known
    yield from pause(len(nodes))
    tree = RatchetTree.from_nodes(suite, nodes)
    yield from _hash_all(tree)
    _check_against(group_info, tree)
    yield from check_tree(tree, context.group_id)
    yield from pause(len(nodes))
    demands = Demands.of(context.extensions)
    _check_lifetimes(tree, now)
    for _, leaf in tree.leaves():
        demands.check(leaf)
    return _CHECKED.keep(ImportedGroup(tree, Roster.of(tree.members)), *given)


def _check_against(group_info: GroupInfo, tree: RatchetTree) -> None:
    same = tree.tree_hash == group_info.group_context.tree_hash
    check(rules.TREE_HASH, same, "the ratchet tree is not the one of the GroupInfo")
    check_group_info_signature(group_info, tree)


def _check_lifetimes(tree: RatchetTree, now: int | None) -> None:
    if now is None:
        return
    for _, leaf in tree.leaves():
        if isinstance(leaf.source, KeyPackageSource):
            check_lifetime(leaf.source.lifetime, now)


def _hash_all(tree: RatchetTree) -> Steps[None]:
    """Work out the hashes, which nodes remember, from the leaves up."""
    for number, subtree in enumerate(sorted(in_order(tree.top), key=lambda subtree: subtree.level), 1):
        _ = subtree.tree_hash
        if number % (8 * STRIDE) == 0:
            yield


def group_info_tbs(group_info: GroupInfo) -> bytes:
    """What the signature of a GroupInfo covers."""
    return encode(
        GroupInfoTBS(group_info.group_context, group_info.extensions, group_info.confirmation_tag, group_info.signer)
    )


def check_group_info_signature(group_info: GroupInfo, tree: RatchetTree) -> None:
    """Raises InvalidGroupInfo (`duplicate_extension`, `signer_blank`, `invalid_signature`)."""
    twice = has_duplicate_types(group_info.extensions)
    check(rules.INFO_EXTENSIONS, not twice, "an extension type occurs twice in the GroupInfo")
    leaf = tree.leaf(group_info.signer)
    if leaf is None:
        refuse(rules.SIGNER, f"leaf {group_info.signer}, the signer, is blank")
    signed = group_info_tbs(group_info)
    genuine = tree.suite.verifies_with_label(leaf.signature_key, "GroupInfoTBS", signed, group_info.signature)
    check(rules.INFO_SIGNATURE, genuine, "the signature of the GroupInfo does not verify")


def _nodes_of(group_info: GroupInfo) -> RatchetTreeNodes:
    data = find_extension(group_info.extensions, ExtensionType.ratchet_tree)
    if data is None:
        refuse(rules.TREE_THERE, "the ratchet tree is neither in the GroupInfo nor beside it")
    nodes: RatchetTreeNodes = RATCHET_TREE.decode(data)
    return nodes
