"""New leaves are those of clients that know what rooms have; the hub's own clients it knows by their keys."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.rules.leaves import check_leaf
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import LeafNode
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import Hub, Member


@pytest.fixture
def leaf(room: Hub) -> LeafNode:
    return room.member("alice.laptop@a").key_package().leaf_node


def refused(room: Hub, leaf: LeafNode, rule: str) -> None:
    with breaks(rule):
        room.refuses(Code.invalid_leaf_node, lambda context: check_leaf(leaf, room.record.public, context))


def test_a_clients_own_leaf_fits(room: Hub, leaf: LeafNode) -> None:
    check_leaf(leaf, room.record.public, room.context)
    check_leaf(Member.of("mimi://d.example/d/dave/phone").key_package().leaf_node, room.record.public, room.context)


def test_members_would_refuse_it_too(room: Hub, leaf: LeafNode) -> None:
    refused(room, replace(leaf, extensions=()), "P6-4.2-LEAF")
    refused(room, replace(leaf, credential=BasicCredential(b"alice")), "P6-4.2-LEAF")


def test_an_own_client_exists(room: Hub, leaf: LeafNode) -> None:
    named = BasicCredential(b"mimi://a.example/d/alice/watch")
    refused(room, replace(leaf, credential=named), "P6-4.2-OWN-LEAF/CLIENT")


def test_an_own_client_has_registered_its_key(room: Hub, leaf: LeafNode) -> None:
    other = room.member("alice.phone@a").identity.signature_public_key
    refused(room, replace(leaf, signature_key=other), "P6-4.2-OWN-LEAF/KEY")
