"""What MIMI asks of a leaf."""

from dataclasses import replace

import pytest

from simulator.mls.credential import BasicCredential, Credential, X509Credential
from simulator.mls.extension import Extension
from simulator.mls.leaf_node import LeafNode
from simulator.services import extensions
from simulator.services.delivery.leaves import check_leaf
from simulator.services.refusal import Code, Refusal
from tests.services.bench import Client


@pytest.fixture
def leaf() -> LeafNode:
    return Client.of("mimi://a.example/d/alice/phone").key_package().leaf_node


def refused(leaf: LeafNode, *, version: int = 1, connection: bool = False) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_leaf(leaf, version, connection=connection)
    assert caught.value.code is Code.invalid_leaf_node
    return caught.value


def test_a_leaf_of_the_version_fits(leaf: LeafNode) -> None:
    check_leaf(leaf, 1, connection=False)
    check_leaf(leaf, 1, connection=True)
    assert "version 2" in refused(leaf, version=2).rule


@pytest.mark.parametrize(
    "credential",
    [
        X509Credential(()),
        BasicCredential(b"alice"),
        BasicCredential(b"\xff"),
        BasicCredential(b"mimi://a.example/u/alice"),
    ],
)
def test_the_credential_names_a_client(leaf: LeafNode, credential: Credential) -> None:
    assert "credential" in refused(replace(leaf, credential=credential)).rule


def test_connection_leaves_are_for_connection_groups(leaf: LeafNode) -> None:
    marked = replace(leaf, extensions=extensions.leaf_extensions((1,), connection=True))
    check_leaf(marked, 1, connection=True)
    assert "connection" in refused(marked).rule


@pytest.mark.parametrize("mark", [extensions.CONNECTION, extensions.LAST_RESORT])
def test_what_only_marks_a_leaf_is_empty(leaf: LeafNode, mark: int) -> None:
    for data in (b"\x00", b"yes"):
        marked = replace(leaf, extensions=(*leaf.extensions, Extension(mark, data)))
        assert "to be empty" in refused(marked, connection=True).rule
    check_leaf(replace(leaf, extensions=(*leaf.extensions, Extension(mark, b""))), 1, connection=True)
