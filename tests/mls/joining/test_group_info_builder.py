"""The GroupInfo of an epoch."""

import pytest

from simulator.codec import decode
from simulator.fuzzing.whole_group import NOW, WholeGroup
from simulator.mls.extensions.extension import ExtensionType, ExternalPub
from simulator.mls.joining.group_import import RATCHET_TREE
from simulator.mls.joining.group_info_builder import build_group_info, group_info_extension
from simulator.mls.public_group import PublicGroup


def test_a_group_info_has_just_the_extensions_asked_for() -> None:
    state = WholeGroup.of("alice", "bob").groups["bob"].state
    for kinds in ((), (ExtensionType.external_pub,), (ExtensionType.ratchet_tree, ExtensionType.external_pub)):
        info = build_group_info(state, kinds)
        assert tuple(extension.extension_type for extension in info.extensions) == kinds
        assert info.signer == state.own_index
        nodes = state.public.ratchet_tree()
        assert PublicGroup.from_group_info(info, nodes, NOW).to_bytes() == state.public.to_bytes()


def test_the_extensions_hold_the_epochs_key_and_tree() -> None:
    state = WholeGroup.of("alice", "bob").groups["bob"].state
    key = decode(ExternalPub, group_info_extension(state, ExtensionType.external_pub).extension_data).external_pub
    assert key == state.secrets.external_key_pair().public
    tree = group_info_extension(state, ExtensionType.ratchet_tree).extension_data
    assert RATCHET_TREE.decode(tree) == state.public.ratchet_tree()


def test_other_kinds_do_not_describe_an_epoch() -> None:
    state = WholeGroup.of("alice").groups["alice"].state
    with pytest.raises(ValueError, match="application_id"):
        group_info_extension(state, ExtensionType.application_id)
