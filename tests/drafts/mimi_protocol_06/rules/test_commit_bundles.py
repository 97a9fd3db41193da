"""The GroupInfo of an epoch is rebuilt of what comes with its commit."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.messages.common import FullTree, RatchetTreePresence, TreeAtURL, TreeOutOfBand
from simulator.services.refusal import Code
from tests.drafts.mimi_protocol_06.hub import Hub, Member, commit_request


@pytest.fixture
def alice(room: Hub) -> Member:
    return room.member("alice.phone@a")


def test_it_is_rebuilt_of_its_extensions_and_signature(room: Hub, alice: Member) -> None:
    bundle = alice.commit()
    room.update(commit_request(bundle), alice)
    assert room.record.group_info.body == bundle.group_info


def test_a_whole_one_is_taken_if_it_is_the_same(room: Hub, alice: Member) -> None:
    bundle = alice.commit()
    info = bundle.group_info
    other = replace(info, confirmation_tag=bytes(32))
    with room.refusing("P6-4.2-GROUP-INFO/SAME", Code.invalid_group_info):
        room.update(commit_request(bundle, group_info_option=other), alice)
    room.update(commit_request(bundle, group_info_option=info), alice)


def test_its_signature_is_the_committers(room: Hub, alice: Member) -> None:
    bundle = alice.commit()
    option = commit_request(bundle).bundle.commit.group_info_option
    with room.refusing("P6-4.2-GROUP-INFO/VALID", Code.invalid_group_info):
        room.update(commit_request(bundle, group_info_option=replace(option, signature=bytes(64))), alice)


def test_one_can_join_by_it(room: Hub, alice: Member) -> None:
    bundle = alice.commit()
    without = alice.rand and bundle.next.group_info(())
    option = commit_request(bundle).bundle.commit.group_info_option
    changed = replace(option, group_info_extensions=without.extensions, signature=without.signature)
    with room.refusing("P6-4.2-GROUP-INFO/EXTERNAL-PUB", Code.invalid_group_info):
        room.update(commit_request(bundle, group_info_option=changed), alice)


def test_it_has_no_tree_in_it(room: Hub, alice: Member) -> None:
    bundle = alice.commit()
    option = commit_request(bundle).bundle.commit.group_info_option
    present = replace(option, ratchet_tree_presence=RatchetTreePresence.present)
    with room.refusing("P6-4.2-GROUP-INFO/PRESENCE", Code.invalid_group_info):
        room.update(commit_request(bundle, group_info_option=present), alice)


def test_a_whole_tree_is_taken_if_it_is_the_hubs(room: Hub, alice: Member) -> None:
    bundle = alice.commit()
    tree = bundle.next.public.ratchet_tree()
    with room.refusing("P6-4.2-TREE/SAME", Code.invalid_group_info):
        room.update(commit_request(bundle, ratchet_tree_option=FullTree(tree[:-1])), alice)
    room.update(commit_request(bundle, ratchet_tree_option=FullTree(tree)), alice)


@pytest.mark.parametrize("option", [TreeAtURL("https://a.example/tree"), TreeOutOfBand()])
def test_nobody_looks_for_a_tree_elsewhere(room: Hub, alice: Member, option: object) -> None:
    with room.refusing("P6-4.2-TREE/FORM", Code.invalid_group_info):
        room.update(commit_request(alice.commit(), ratchet_tree_option=option), alice)
