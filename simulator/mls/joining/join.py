"""Joining by Welcome (RFC 9420 12.4.3.1)."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import field

from simulator.codec import DecodeError, decode
from simulator.dataclass import dataclass
from simulator.mls.commits.succession import check_succession
from simulator.mls.crypto.suite import CipherSuite, cipher_suite
from simulator.mls.identity import Identity
from simulator.mls.joining import rules
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package_bundle import KeyPackageBundle
from simulator.mls.joining.welcome import EncryptedGroupSecrets, GroupSecrets, Welcome
from simulator.mls.key_schedule.key_schedule import EpochSecrets, welcome_key_and_nonce, welcome_secret
from simulator.mls.key_schedule.psk import psk_secret
from simulator.mls.key_schedule.psk_store import NO_PSKS, PSKStore
from simulator.mls.long_work import Steps
from simulator.mls.member_state import MemberState
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.treekem import PrivateTree
from simulator.rules import check, refuse


@dataclass(frozen=True, slots=True)
class OpenedWelcome:
    """A decrypted Welcome: enough to know which tree to fetch, nothing of it verified."""

    bundle: KeyPackageBundle
    group_secrets: GroupSecrets = field(repr=False)
    psk_secret: bytes = field(repr=False)
    group_info: GroupInfo


def open_welcome(welcome: Welcome, bundles: Sequence[KeyPackageBundle], psks: PSKStore = NO_PSKS) -> OpenedWelcome:
    """Decrypt what the Welcome has for one of these KeyPackages.

    Raises InvalidWelcome with one of the rules `no_matching_key_package`, `wrong_cipher_suite`,
    `malformed_group_secrets`, `malformed_group_info`; else InvalidPSK, InvalidKey, DecryptionError or
    UnsupportedCipherSuite.
    """
    suite = cipher_suite(welcome.cipher_suite)
    bundle, entry = _own_entry(welcome, bundles)
    group_secrets = _open_group_secrets(suite, welcome, bundle, entry)
    psk = psk_secret(suite, psks.look_up(group_secrets.psks))
    group_info = _open_group_info(suite, welcome, group_secrets.joiner_secret, psk)
    same = group_info.group_context.cipher_suite == suite.value
    check(rules.GROUP_SUITE, same, "the GroupInfo is for another cipher suite than the Welcome")
    return OpenedWelcome(bundle, group_secrets, psk, group_info)


def join_by_welcome(
    welcome: Welcome,
    bundles: Sequence[KeyPackageBundle],
    identity: Identity,
    ratchet_tree: RatchetTreeNodes | None,
    now: int | None,
    psks: PSKStore,
    groups: Mapping[bytes, MemberState],
) -> Steps[MemberState]:
    """The member that the Welcome makes of the client; in steps.

    `groups` are the client's other groups by group_id. Raises what `open_welcome` raises, InvalidWelcome with one of
    the rules `group_known`, `own_leaf_missing` or those of `check_succession`, InvalidGroupInfo, InvalidTree,
    InvalidLeafNode, InvalidMAC or InvalidUpdatePath.
    """
    for state in groups.values():
        psks = state.psks(psks)
    opened = open_welcome(welcome, bundles, psks)
    group_info, context = opened.group_info, opened.group_info.group_context
    known = groups.get(context.group_id)
    new = known is None or known.removed
    check(rules.GROUP_NEW, new, "the client is in a group with this group_id already")
    public = yield from PublicGroup.importing(group_info, ratchet_tree, now)
    check_succession(opened.group_secrets.psks, public, groups)
    private_tree = _private_tree(public, opened)
    joiner = opened.group_secrets.joiner_secret
    secrets = EpochSecrets.of_joiner(public.suite, joiner, opened.psk_secret, context)
    tag = secrets.confirmation_tag(context.confirmed_transcript_hash)
    genuine = hmac.compare_digest(tag, group_info.confirmation_tag)
    check(rules.CONFIRMATION_TAG, genuine, "the confirmation tag of the GroupInfo does not verify")
    return MemberState.first(public, identity, private_tree, secrets)


def _own_entry(welcome: Welcome, bundles: Sequence[KeyPackageBundle]) -> tuple[KeyPackageBundle, EncryptedGroupSecrets]:
    by_reference = {bundle.reference: bundle for bundle in bundles}
    entry = next((entry for entry in welcome.secrets if entry.new_member in by_reference), None)
    if entry is None:
        refuse(rules.FOR_US, "the Welcome is for none of this client's KeyPackages")
    bundle = by_reference[entry.new_member]
    same = bundle.key_package.cipher_suite == welcome.cipher_suite
    check(rules.PACKAGE_SUITE, same, "the KeyPackage is for another cipher suite than the Welcome")
    return bundle, entry


def _open_group_secrets(
    suite: CipherSuite, welcome: Welcome, bundle: KeyPackageBundle, entry: EncryptedGroupSecrets
) -> GroupSecrets:
    opened = suite.decrypt_with_label(
        bundle.init_private_key, "Welcome", welcome.encrypted_group_info, entry.encrypted_group_secrets
    )
    try:
        return decode(GroupSecrets, opened)
    except DecodeError as error:
        refuse(rules.GROUP_SECRETS, f"the decrypted GroupSecrets: {error}", error)


def _open_group_info(suite: CipherSuite, welcome: Welcome, joiner_secret: bytes, psk: bytes) -> GroupInfo:
    key, nonce = welcome_key_and_nonce(suite, welcome_secret(suite, joiner_secret, psk))
    opened = suite.aead.open(key, nonce, b"", welcome.encrypted_group_info)
    try:
        return decode(GroupInfo, opened)
    except DecodeError as error:
        refuse(rules.GROUP_INFO, f"the decrypted GroupInfo: {error}", error)


def _index_of(leaf: LeafNode, tree: RatchetTree) -> int | None:
    """Where the leaf is; all are looked at only where somebody has let two nodes have the same key."""
    node = tree.node_with_key(leaf.encryption_key)
    if node is not None and tree.node(node) == leaf:
        return node // 2
    return next((index for index, other in tree.leaves() if other == leaf), None)


def _private_tree(public: PublicGroup, opened: OpenedWelcome) -> PrivateTree:
    leaf = opened.bundle.key_package.leaf_node
    own_index = _index_of(leaf, public.tree)
    if own_index is None:
        refuse(rules.OWN_LEAF, "the leaf of the KeyPackage is not in the ratchet tree")
    private_tree = PrivateTree.of_leaf(own_index, opened.bundle.encryption_private_key)
    path_secret = opened.group_secrets.path_secret
    if path_secret is None:
        return private_tree
    return private_tree.with_path_secret(public.tree, opened.group_info.signer, path_secret.path_secret)[0]
