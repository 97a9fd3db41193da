"""What MIMI asks of a leaf."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00 import extensions
from simulator.drafts.mimi_transport_00.rules.leaves import check_leaf
from simulator.mls.extensions.extension import Extension
from simulator.mls.tree.credential import BasicCredential, Credential, X509Credential
from simulator.mls.tree.leaf_node import LeafNode
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks
from tests.services.bench import SUITE, Bench, Client


@pytest.fixture
def leaf() -> LeafNode:
    return Client.of("mimi://b.example/d/bob/phone").key_package().leaf_node


def refused(
    leaf: LeafNode,
    bench: Bench,
    *,
    version: int = 1,
    connection: bool = False,
    code: Code = Code.invalid_leaf_node,
) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_leaf(leaf, version, bench.context, connection=connection)
    assert caught.value.code is code
    return caught.value


def test_a_leaf_of_the_version_fits(leaf: LeafNode, bench: Bench) -> None:
    check_leaf(leaf, 1, bench.context, connection=False)
    check_leaf(leaf, 1, bench.context, connection=True)
    assert "version 2" in refused(leaf, bench, version=2).rule


@pytest.mark.parametrize(
    "credential",
    [
        X509Credential(()),
        BasicCredential(b"alice"),
        BasicCredential(b"\xff"),
        BasicCredential(b"mimi://a.example/u/alice"),
    ],
)
@breaks("DS-TERMS-CLIENT")
def test_the_credential_names_a_client(leaf: LeafNode, bench: Bench, credential: Credential) -> None:
    assert "credential" in refused(replace(leaf, credential=credential), bench).rule


def test_connection_leaves_are_for_connection_groups(leaf: LeafNode, bench: Bench) -> None:
    marked = replace(leaf, extensions=extensions.leaf_extensions((1,), connection=True))
    check_leaf(marked, 1, bench.context, connection=True)
    assert "connection" in refused(marked, bench).rule


@pytest.mark.parametrize("mark", [extensions.CONNECTION, extensions.LAST_RESORT])
@breaks("DS-CONNECTION-KEY-PACKAGES")
def test_what_only_marks_a_leaf_is_empty(leaf: LeafNode, bench: Bench, mark: int) -> None:
    for data in (b"\x00", b"yes"):
        marked = replace(leaf, extensions=(*leaf.extensions, Extension(mark, data)))
        assert "to be empty" in refused(marked, bench, connection=True).rule
    check_leaf(replace(leaf, extensions=(*leaf.extensions, Extension(mark, b""))), 1, bench.context, connection=True)


def test_a_client_of_ours_is_looked_up(bench: Bench) -> None:
    """Each of the owner's own names: a user it has not, a device it has not, a key it has not; another's user it can't
    know.
    """
    alice = bench.client("alice.phone@a")
    check_leaf(alice.key_package().leaf_node, 1, bench.context, connection=False)
    for uri in ("mimi://a.example/d/nobody/phone", "mimi://a.example/d/alice/watch", "mimi://a.example/d/Alice/phone"):
        made_up = Client.of(uri).key_package().leaf_node
        assert uri in refused(made_up, bench, code=Code.unknown_user).rule
    second = replace(alice, identity=alice.identity.with_new_key(SUITE, alice.rand), bundles=[])
    assert "has registered" in refused(second.key_package().leaf_node, bench).rule
    bench.register(second)
    check_leaf(second.key_package().leaf_node, 1, bench.context, connection=False)
    check_leaf(Client.of("mimi://b.example/d/nobody/phone").key_package().leaf_node, 1, bench.context, connection=False)
