"""passive-client-*.json: join by Welcome, then follow what others propose and commit."""

from typing import Any

import pytest

from simulator.codec import codec, decode
from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.framing.message import MLSMessage
from simulator.mls.group import Group, StagedMemberCommit
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import KeyPackageBundle
from simulator.mls.joining.welcome import Welcome
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.node import RatchetTreeNodes

unhex = bytes.fromhex


@pytest.mark.vectors("passive-client-welcome")
def test_joins_by_welcome(vector: Any) -> None:
    follow(vector)


@pytest.mark.vectors("passive-client-handling-commit")
def test_follows_every_kind_of_proposal(vector: Any) -> None:
    follow(vector)


@pytest.mark.vectors("passive-client-random")
def test_follows_a_long_random_history(vector: Any) -> None:
    follow(vector)


def follow(vector: Any) -> None:
    """Go through one case; the lifetimes in the vectors are not ours to judge."""
    group, psks = join(vector)
    assert group.epoch_authenticator == unhex(vector["initial_epoch_authenticator"])
    for epoch in vector["epochs"]:
        for proposal in epoch["proposals"]:
            group = group.process(decode(MLSMessage, unhex(proposal)), None, psks).group
        committed = group.process(decode(MLSMessage, unhex(epoch["commit"])), None, psks)
        assert isinstance(committed, StagedMemberCommit)
        group = committed.group
        assert group.epoch_authenticator == unhex(epoch["epoch_authenticator"])
        stored = group.public.to_bytes()
        assert PublicGroup.from_bytes(stored).to_bytes() == stored


def join(vector: Any) -> tuple[Group, PSKStore]:
    """The client of the case, just joined, and the external PSKs it has."""
    key_package = decode(MLSMessage, unhex(vector["key_package"])).body
    assert isinstance(key_package, KeyPackage)
    bundle = KeyPackageBundle(key_package, unhex(vector["init_priv"]), unhex(vector["encryption_priv"]))
    leaf, suite = key_package.leaf_node, cipher_suite(vector["cipher_suite"])
    identity = Identity(unhex(vector["signature_priv"]), leaf.signature_key, leaf.credential, leaf.capabilities)
    assert suite.signature.public_of(identity.signature_private_key) == leaf.signature_key
    assert suite.kem.public_of(bundle.init_private_key) == key_package.init_key
    assert suite.kem.public_of(bundle.encryption_private_key) == leaf.encryption_key
    welcome = decode(MLSMessage, unhex(vector["welcome"])).body
    assert isinstance(welcome, Welcome)
    tree = vector["ratchet_tree"]
    nodes = None if tree is None else codec(RatchetTreeNodes).decode(unhex(tree))
    psks = PSKStore({unhex(psk["psk_id"]): unhex(psk["psk"]) for psk in vector["external_psks"]})
    return Group.join(welcome, [bundle], identity, nodes, psks=psks), psks
