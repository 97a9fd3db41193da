"""Whole histories: everybody follows everything, in every suite, byte for byte the same for the same seed."""

import pytest

from simulator.codec import encode
from simulator.fuzzing.whole_group import PRIVATE_USE, SERVICE, SUITE, WholeGroup, addition, external_senders, removal
from simulator.mls.crypto.suite import CIPHER_SUITES, CipherSuite
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.group import Group
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.external_proposal import propose_as_external_sender, propose_own_add
from simulator.mls.proposals.proposals import GroupContextExtensions, PreSharedKey, Remove


def live(suite: CipherSuite = SUITE) -> list[bytes]:
    """A group that does everything once; all messages it sent."""
    whole = WholeGroup.of("alice", "bob", "carol", suite=suite)
    sent = [
        whole.propose_update("bob"),
        whole.commit("carol").message,
        whole.propose("alice", addition(whole, "dave")),
        whole.commit("bob", removal(whole, "carol"), force_path=True).message,
        whole.join_externally("erin").message,
        whole.join_externally("erin").message,
        whole.propose("dave", removal(whole, "alice"), private=True),
        whole.commit("erin", addition(whole, "frank"), private=True).message,
        whole.commit("bob", GroupContextExtensions((Extension(PRIVATE_USE, b"x"),))).message,
    ]
    message, whole.groups["bob"] = whole.groups["bob"].encrypt(b"hello", whole.people["bob"].rand)
    whole.deliver(message, "bob")
    assert sorted(whole.groups) == ["bob", "dave", "erin", "frank"]
    assert whole.service.epoch == 7
    return [encode(item) for item in (*sent, message)] + [whole.service.to_bytes()]


@pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: str(suite.value))
def test_a_group_lives_through_everything_in_every_suite(suite: CipherSuite) -> None:
    live(suite)


def test_the_same_seed_makes_the_same_bytes() -> None:
    assert live() == live()


def test_a_growing_and_shrinking_group_stays_in_agreement() -> None:
    whole = WholeGroup.of("m0")
    for number in range(1, 14):
        whole.commit(f"m{number // 2}", addition(whole, f"m{number}"), force_path=number % 3 == 0)
    for number in (13, 2, 9, 10, 11, 12, 0):
        whole.commit("m5", removal(whole, f"m{number}"))
    for number in range(20, 24):
        whole.commit("m4", addition(whole, f"m{number}"))
        whole.commit(f"m{number}")
    assert len(whole.groups) == 11


def test_private_use_extensions_pass_everywhere() -> None:
    extension = Extension(PRIVATE_USE, b"anything")
    whole = WholeGroup.of("alice", "bob", extensions=(extension, external_senders(SERVICE)))
    dave = whole.person("dave")
    bundle = dave.bundle(extensions=(extension,))
    whole.commit("alice", leaf_extensions=(extension,))
    whole.join_externally("carol", leaf_extensions=(extension,))
    assert whole.groups["carol"].own_leaf.extensions == (extension,)
    assert whole.groups["alice"].own_leaf.extensions == (extension,)
    whole.commit("bob", addition(whole, "dave"))
    assert bundle.key_package.extensions == (extension,)


def test_a_member_can_change_its_signature_key() -> None:
    whole = WholeGroup.of("alice", "bob", "carol")
    alice = whole.people["alice"]
    for change in ("commit", "update"):
        alice.identity = alice.identity.with_new_key(alice.suite, alice.rand)
        if change == "commit":
            whole.commit("alice", identity=alice.identity)
        else:
            message, whole.groups["alice"] = whole.groups["alice"].propose_update(alice.rand, identity=alice.identity)
            whole.deliver(message, "alice")
            whole.commit("bob")
        assert whole.groups["alice"].own_leaf.signature_key == alice.identity.signature_public_key
        whole.commit("alice")


def test_outsiders_propose_and_members_commit() -> None:
    whole = WholeGroup.of("alice", "bob", "carol", extensions=(external_senders(SERVICE),))
    context = whole.service.context
    whole.deliver(propose_as_external_sender(context, 0, SERVICE.identity.signature_private_key, Remove(1)))
    dave = whole.person("dave")
    whole.deliver(propose_own_add(context, dave.identity, dave.key_package()))
    whole.commit("carol")
    assert sorted(whole.groups) == ["alice", "carol", "dave"]


def test_psks_of_all_kinds_enter_the_key_schedule() -> None:
    whole = WholeGroup.of("alice", "bob")
    whole.psks = PSKStore({b"id": b"external secret"})
    external = PreSharedKey(PreSharedKeyID(ExternalPSK(b"id"), bytes(32)))
    again = PreSharedKey(PreSharedKeyID(ExternalPSK(b"id"), bytes(31) + b"1"))
    whole.commit("alice", external, again, addition(whole, "carol"))
    with_psk = whole.groups["alice"].epoch_authenticator
    plain = WholeGroup.of("alice", "bob")
    plain.commit("alice", addition(plain, "carol"))
    assert plain.groups["alice"].epoch_authenticator != with_psk
    whole.join_externally("dave", psk_ids=(external.psk,))


def test_an_exported_secret_depends_on_label_context_and_epoch() -> None:
    whole = WholeGroup.of("alice", "bob")
    group = whole.groups["alice"]
    assert len(group.export("label", b"context", 40)) == 40
    secrets = {
        group.export("label", b"context", 16),
        group.export("other", b"context", 16),
        group.export("label", b"", 16),
    }
    whole.commit("bob")
    secrets.add(whole.groups["alice"].export("label", b"context", 16))
    assert len(secrets) == 4


def test_a_group_tells_about_itself() -> None:
    whole = WholeGroup.of("alice", "bob")
    bob: Group = whole.groups["bob"]
    assert (bob.group_id, bob.epoch, bob.own_index, bob.active) == (b"room", 1, 1, True)
    assert bob.identity == whole.people["bob"].identity
    assert [member.identity for member in bob.members()] == [b"alice", b"bob"]
    assert bob.own_leaf == bob.members()[1].leaf_node
    assert list(bob.resumption_psks) == [(b"room", 1)]
    kinds = [extension.extension_type for extension in bob.group_info().extensions]
    assert kinds == [ExtensionType.external_pub]


def test_a_member_without_a_leaf_has_no_own_leaf() -> None:
    """A client that missed its removal and then loads the group's next epoch from elsewhere."""
    whole = WholeGroup.of("alice", "bob")
    bob = whole.groups["bob"]
    whole.commit("alice", removal(whole, "bob"))
    stale = Group(bob.state.with_public(whole.service))
    with pytest.raises(ValueError, match="no leaf"):
        assert stale.own_leaf


def test_secrets_do_not_show_in_a_repr() -> None:
    group = WholeGroup.of("alice", "bob").groups["bob"]
    shown = repr(group)
    for secret in (
        group.identity.signature_private_key,
        group.state.secrets.init_secret,
        group.state.secrets.exporter_secret,
        next(iter(group.state.private_tree.keys.values())),
    ):
        assert repr(secret) not in shown
