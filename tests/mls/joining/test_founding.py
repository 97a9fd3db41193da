"""Creating a group."""

from dataclasses import replace

import pytest

from simulator.fuzzing.whole_group import NOW, PRIVATE_USE, Person, WholeGroup
from simulator.mls.errors import InvalidGroupInfo, InvalidLeafNode
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.public_group import PublicGroup


def test_a_new_group_is_at_epoch_zero_with_its_creator_alone() -> None:
    group = Person("alice").create(b"id", (Extension(PRIVATE_USE, b"x"),))
    assert (group.group_id, group.epoch, group.own_index) == (b"id", 0, 0)
    assert [member.identity for member in group.members()] == [b"alice"]
    context = group.public.context
    assert (context.confirmed_transcript_hash, context.extensions) == (b"", (Extension(PRIVATE_USE, b"x"),))
    assert context.tree_hash == group.public.tree.tree_hash


def test_the_service_can_take_a_new_group_in() -> None:
    group = Person("alice").create()
    info, nodes = group.group_info(), group.public.ratchet_tree()
    assert PublicGroup.from_group_info(info, nodes, NOW).to_bytes() == group.public.to_bytes()


def test_a_group_that_its_creator_could_not_be_in_is_not_created() -> None:
    alice = Person("alice")
    with pytest.raises(InvalidLeafNode) as caught:
        alice.create(b"id", (Extension(0xF00D, b""),))
    assert caught.value.rule == "context_extension_unsupported"
    with pytest.raises(InvalidGroupInfo):
        alice.create(b"id", (Extension(ExtensionType.ratchet_tree, b""),))
    alice.identity = replace(alice.identity, leaf_extensions=(Extension(0xF00D, b""),))
    with pytest.raises(InvalidLeafNode) as caught:
        alice.create()
    assert caught.value.rule == "extension_not_listed"


def test_two_groups_of_one_creator_share_no_secret() -> None:
    alice = Person("alice")
    first, second = alice.create(b"1"), alice.create(b"2")
    assert first.epoch_authenticator != second.epoch_authenticator
    assert first.own_leaf.encryption_key != second.own_leaf.encryption_key


def test_a_lonely_creator_can_commit() -> None:
    whole = WholeGroup.of("alice")
    whole.commit("alice")
    assert whole.service.epoch == 1
