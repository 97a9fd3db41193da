"""Joining by Welcome: who can, and what makes a Welcome worthless."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.fuzzing.whole_group import NOW, WholeGroup, addition, removal
from simulator.mls.errors import DecryptionError, MLSError
from simulator.mls.group import Group, open_welcome
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.welcome import EncryptedGroupSecrets, GroupSecrets, PathSecret, Welcome
from simulator.mls.key_schedule.key_schedule import welcome_key_and_nonce, welcome_secret
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.proposals import PreSharedKey, Remove
from tests.breaking import breaks

NAMES = ("alice", "bob")


class Invited:
    """carol with a Welcome, and the tree beside it; tests alter what they like."""

    def __init__(self, **options: object) -> None:
        self.whole = WholeGroup.of(*NAMES)
        self.bundle = self.whole.prepare("alice", addition(self.whole, "carol"), **options)
        self.welcome: Welcome = self.bundle.welcomes[0].body
        self.carol = self.whole.people["carol"]
        self.nodes = self.bundle.next.public.ratchet_tree()

    def join(self, **how: object) -> Group:
        """carol's attempt."""
        return Group.join(self.welcome, self.carol.bundles, self.carol.identity, self.nodes, **how)

    def refused(self, **how: object) -> str:
        """By which rule carol can't join."""
        with pytest.raises(MLSError) as caught:
            self.join(**how)
        return caught.value.rule

    def with_secrets(self, secrets: bytes) -> None:
        """Encrypt other GroupSecrets to carol."""
        suite = self.carol.suite
        sealed = suite.encrypt_with_label(
            self.carol.bundles[0].key_package.init_key,
            "Welcome",
            self.welcome.encrypted_group_info,
            secrets,
            self.carol.rand,
        )
        entry = EncryptedGroupSecrets(self.welcome.secrets[0].new_member, sealed)
        self.welcome = replace(self.welcome, secrets=(entry,))

    def with_group_info(self, group_info: bytes) -> None:
        """Encrypt another GroupInfo for everybody."""
        suite = self.carol.suite
        secrets = open_welcome(self.welcome, self.carol.bundles).group_secrets
        key, nonce = welcome_key_and_nonce(suite, welcome_secret(suite, secrets.joiner_secret, suite.zero))
        self.welcome = replace(self.welcome, encrypted_group_info=suite.aead.seal(key, nonce, b"", group_info))
        self.with_secrets(encode(secrets))


@pytest.mark.parametrize("force_path", [False, True])
def test_one_joins_with_the_tree_inside_or_beside(force_path: bool) -> None:
    beside = Invited(force_path=force_path)
    assert beside.join(now=NOW).epoch_authenticator == beside.bundle.next.epoch_authenticator
    inside = Invited(force_path=force_path, tree_in_welcome=True)
    inside.nodes = None
    assert inside.join().public.to_bytes() == inside.bundle.next.public.to_bytes()


def test_a_welcome_without_tree_needs_one() -> None:
    invited = Invited()
    invited.nodes = None
    assert invited.refused() == "tree_missing"
    invited.nodes = invited.whole.service.ratchet_tree()
    assert invited.refused() == "tree_hash_mismatch"


@breaks("RFC9420-12.4.3.1-NO-MATCHING-KEY-PACKAGE")
def test_a_welcome_is_for_a_key_package_of_ours() -> None:
    invited = Invited()
    invited.carol.bundles = [invited.whole.person("dave").bundle()]
    assert invited.refused() == "no_matching_key_package"


@breaks("RFC9420-12.4.3.1-WRONG-CIPHER-SUITE/KEY-PACKAGE")
def test_a_welcome_is_for_the_cipher_suite_of_its_key_package() -> None:
    invited = Invited()
    invited.welcome = replace(invited.welcome, cipher_suite=3)
    assert invited.refused() == "wrong_cipher_suite"


def test_a_broken_welcome_does_not_open() -> None:
    invited = Invited()
    honest = invited.welcome
    invited.welcome = replace(honest, encrypted_group_info=honest.encrypted_group_info[:-1] + b"?")
    with pytest.raises(DecryptionError):
        invited.join()


def test_what_is_in_a_welcome_must_be_readable() -> None:
    invited = Invited()
    invited.with_secrets(b"junk")
    with breaks("RFC9420-12.4.3.1-MALFORMED-GROUP-SECRETS"):
        assert invited.refused() == "malformed_group_secrets"
    invited = Invited()
    invited.with_group_info(b"junk")
    with breaks("RFC9420-12.4.3.1-MALFORMED-GROUP-INFO"):
        assert invited.refused() == "malformed_group_info"


@breaks("RFC9420-12.4.3.1-WRONG-CIPHER-SUITE/GROUP-INFO")
def test_the_group_info_is_for_the_suite_of_the_welcome() -> None:
    invited = Invited()
    info = invited.bundle.group_info
    invited.with_group_info(encode(replace(info, group_context=replace(info.group_context, cipher_suite=3))))
    assert invited.refused() == "wrong_cipher_suite"


def test_another_joiner_secret_gives_another_epoch() -> None:
    invited = Invited()
    secrets = open_welcome(invited.welcome, invited.carol.bundles).group_secrets
    invited.with_secrets(encode(replace(secrets, joiner_secret=bytes(32))))
    assert invited.refused() == "aead"


@breaks("RFC9420-12.4.3.1-INVALID-CONFIRMATION-TAG")
def test_the_confirmation_tag_proves_the_secrets() -> None:
    invited = Invited()
    alice = invited.bundle.next
    info = replace(alice.group_info(), confirmation_tag=bytes(32))
    signature = alice.identity.sign(invited.carol.suite, "GroupInfoTBS", group_info_tbs(info))
    invited.with_group_info(encode(replace(info, signature=signature)))
    assert invited.refused() == "invalid_confirmation_tag"


def test_a_path_secret_yields_the_keys_in_the_tree() -> None:
    invited = Invited(force_path=True)
    secrets = open_welcome(invited.welcome, invited.carol.bundles).group_secrets
    invited.with_secrets(encode(GroupSecrets(secrets.joiner_secret, PathSecret(bytes(32)), ())))
    assert invited.refused() == "path_key_mismatch"


@breaks("RFC9420-12.4.3.1-OWN-LEAF-MISSING")
def test_one_finds_ones_own_leaf() -> None:
    invited = Invited()
    (bundle,) = invited.carol.bundles
    other_leaf = invited.whole.person("dave").key_package().leaf_node
    altered = replace(bundle, key_package=replace(bundle.key_package, leaf_node=other_leaf))
    invited.carol.bundles = [altered]
    entry = replace(invited.welcome.secrets[0], new_member=altered.reference)
    invited.welcome = replace(invited.welcome, secrets=(entry,))
    assert invited.refused() == "own_leaf_missing"


@breaks("RFC9420-12.4.3.1-GROUP-KNOWN")
def test_a_group_is_joined_once() -> None:
    invited = Invited()
    joined = invited.join()
    assert invited.refused(groups=[joined]) == "group_known"


def test_one_may_come_back_after_a_removal() -> None:
    whole = WholeGroup.of("alice", "bob", "carol")
    whole.commit("alice", removal(whole, "carol"))
    assert sorted(whole.groups) == ["alice", "bob"]
    gone = Invited()
    removed = gone.join()
    expelled = gone.bundle.next.commit([removal_of(removed)], gone.whole.people["alice"].rand, NOW).message
    removed = removed.process(expelled, NOW).group
    assert not removed.active
    assert gone.join(groups=[removed]).active


def removal_of(group: Group) -> Remove:
    """The proposal to remove the owner of this group state."""
    return Remove(group.own_index)


def test_the_psks_of_a_welcome_must_be_at_hand() -> None:
    store = PSKStore({b"id": b"secret"})
    whole = WholeGroup.of(*NAMES)
    psk = PreSharedKey(PreSharedKeyID(ExternalPSK(b"id"), bytes(32)))
    bundle = whole.groups["alice"].commit([psk, addition(whole, "carol")], whole.people["alice"].rand, NOW, psks=store)
    carol, welcome = whole.people["carol"], bundle.welcomes[0].body
    nodes = bundle.next.public.ratchet_tree()
    with pytest.raises(MLSError) as caught:
        Group.join(welcome, carol.bundles, carol.identity, nodes)
    assert caught.value.rule == "psk_unknown"
    with pytest.raises(DecryptionError):
        Group.join(welcome, carol.bundles, carol.identity, nodes, psks=PSKStore({b"id": b"wrong"}))
    joined = Group.join(welcome, carol.bundles, carol.identity, nodes, psks=store)
    assert joined.epoch_authenticator == bundle.next.epoch_authenticator


def test_no_leaf_of_the_tree_has_expired_if_one_asks() -> None:
    assert Invited().refused(now=NOW + 7200) == "expired"
