"""Creating a group, alone in it (RFC 9420 11)."""

from collections.abc import Sequence

from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.errors import InvalidGroupInfo
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.transcript import interim_transcript_hash
from simulator.mls.identity import Identity
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.key_schedule.key_schedule import EpochSecrets
from simulator.mls.member_state import MemberState
from simulator.mls.proposals.context_extensions import Demands, check_context_extensions
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import KeyPackageSource, Lifetime, ProtocolVersion
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.treekem import PrivateTree


def create_group(
    identity: Identity,
    suite: CipherSuite,
    group_id: bytes,
    rand: Rand,
    lifetime: Lifetime,
    extensions: Sequence[Extension] = (),
    leaf_extensions: Sequence[Extension] | None = None,
) -> MemberState:
    """The creator in epoch 0; draws under "leaf_key" and "epoch_secret".

    Raises InvalidGroupInfo for impossible GroupContext extensions, InvalidLeafNode for a leaf that could not be in
    its own group.
    """
    check_context_extensions(extensions, InvalidGroupInfo)
    keys = suite.generate_hpke_key_pair(rand, "leaf_key")
    leaf = identity.leaf_node(suite, keys.public, KeyPackageSource(lifetime), None, leaf_extensions)
    check_leaf_node(leaf, suite, source=KeyPackageSource, place=None, now=None)
    Demands.of(extensions).check(leaf)
    tree = RatchetTree.of_one(suite, leaf)
    secrets = EpochSecrets.of_epoch_secret(suite, rand("epoch_secret", suite.secret_size))
    tag = secrets.confirmation_tag(b"")
    context = GroupContext(ProtocolVersion.mls10, suite.value, group_id, 0, tree.tree_hash, b"", tuple(extensions))
    public = PublicGroup(context, tree, interim_transcript_hash(suite, b"", tag), tag)
    return MemberState.first(public, identity, PrivateTree.of_leaf(0, keys.private), secrets)
