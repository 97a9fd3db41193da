"""Rule 22 and all else that only members see: tags, ciphertexts, keys, and messages that come late."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.fuzzing.whole_group import NOW, PRIVATE_USE, WholeGroup, addition, removal
from simulator.mls.commits.commit import Commit, UpdatePath
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.errors import DecryptionError, MLSError, WrongEpoch
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import PrivateMessage, PublicMessage
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.group import ApplicationMessage, Group, ProposalMessage, StagedMemberCommit
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.member_state import PAST_EPOCHS
from simulator.mls.proposals.proposals import GroupContextExtensions, PreSharedKey
from tests.breaking import breaks
from tests.mls.frankenstein import commit_of, forge, reforge, with_path

NAMES = ("alice", "bob", "carol", "dave")


def accepted_by_service(whole: WholeGroup, message: MLSMessage) -> bool:
    """Whether the Delivery Service, which has no secrets, finds nothing wrong."""
    assert isinstance(message.body, PublicMessage)
    stage = (
        whole.service.stage_commit if isinstance(message.body.content.content, Commit) else whole.service.stage_proposal
    )
    return stage(message.body, NOW) is not None


@breaks("RFC9420-6.2-INVALID-MEMBERSHIP-TAG")
def test_a_wrong_membership_tag_is_for_members_to_see() -> None:
    whole = WholeGroup.of(*NAMES)
    for message in (whole.prepare("alice").message, forge(whole.groups["alice"], removal(whole, "bob"))):
        assert isinstance(message.body, PublicMessage)
        altered = mls_message(replace(message.body, membership_tag=bytes(32)))
        assert accepted_by_service(whole, altered)
        assert whole.refused_by_members(altered, "alice") == {"invalid_membership_tag"}


def test_a_wrong_confirmation_tag_is_for_members_to_see() -> None:
    whole = WholeGroup.of(*NAMES)
    altered = reforge(whole.groups["alice"], whole.prepare("alice").message, lambda commit: commit)
    assert accepted_by_service(whole, altered)
    assert whole.refused_by_members(altered, "alice") == {"invalid_confirmation_tag"}


def other_ciphertexts(change: Callable[[HPKECiphertext], HPKECiphertext]) -> Callable[[UpdatePath], UpdatePath]:
    """The path with every ciphertext changed."""

    def changed(path: UpdatePath) -> UpdatePath:
        return replace(
            path,
            nodes=tuple(
                replace(node, encrypted_path_secret=tuple(change(item) for item in node.encrypted_path_secret))
                for node in path.nodes
            ),
        )

    return changed


@breaks("RFC9420-5.1-AEAD")
def test_a_broken_path_ciphertext_is_for_members_to_see() -> None:
    whole = WholeGroup.of(*NAMES)
    broken = with_path(
        whole.groups["alice"],
        whole.prepare("alice").message,
        other_ciphertexts(lambda item: HPKECiphertext(item.kem_output, bytes(len(item.ciphertext)))),
    )
    assert accepted_by_service(whole, broken)
    assert whole.refused_by_members(broken, "alice") == {"aead"}


@breaks("RFC9420-7.5-PATH-KEY-MISMATCH")
def test_a_path_secret_must_yield_the_keys_in_the_path() -> None:
    """Each member is told a secret of its own that has nothing to do with the tree."""
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    bundle = whole.prepare("alice")
    path = commit_of(bundle.message).path
    assert path is not None
    provisional = replace(
        bundle.next.public.context,
        confirmed_transcript_hash=alice.public.context.confirmed_transcript_hash,
    )
    message = reencrypted(whole, alice, bundle.message, encode(provisional), bytes(32))
    assert accepted_by_service(whole, message)
    assert whole.refused_by_members(message, "alice") == {"path_key_mismatch"}


def reencrypted(whole: WholeGroup, group: Group, message: MLSMessage, context: bytes, secret: bytes) -> MLSMessage:
    """A Commit whose path tells everybody `secret` under `context`."""
    tree = group.public.tree
    suite, rand = group.public.suite, whole.person("mallory").rand
    steps = tree.filtered_direct_path(group.own_index)

    def changed(path: UpdatePath) -> UpdatePath:
        nodes = []
        for step, node in zip(steps, path.nodes, strict=True):
            keys = [tree.encryption_key(target) for target in step.copath.resolution]
            sealed = tuple(suite.encrypt_with_label(key, "UpdatePathNode", context, secret, rand) for key in keys)
            nodes.append(replace(node, encrypted_path_secret=sealed))
        return replace(path, nodes=tuple(nodes))

    return with_path(group, message, changed)


def test_a_path_under_the_provisional_context_is_read() -> None:
    """The forger's way of encrypting is the right one: with the right context only the keys do not fit."""
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    bundle = whole.prepare("alice", GroupContextExtensions((Extension(PRIVATE_USE, b"new"),)))
    old, new = alice.public.context, bundle.next.public.context
    right = replace(new, confirmed_transcript_hash=old.confirmed_transcript_hash)
    message = reencrypted(whole, alice, bundle.message, encode(right), bytes(32))
    assert whole.refused_by_members(message, "alice") == {"path_key_mismatch"}


@pytest.mark.parametrize("context_of", ["old epoch", "old tree", "old extensions", "new confirmed hash"])
def test_a_path_is_encrypted_under_the_provisional_context(context_of: str) -> None:
    """New epoch, tree and extensions, old confirmed hash: any other mixture does not decrypt."""
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    bundle = whole.prepare("alice", GroupContextExtensions((Extension(PRIVATE_USE, b"new"),)))
    old, new = alice.public.context, bundle.next.public.context
    right = replace(new, confirmed_transcript_hash=old.confirmed_transcript_hash)
    wrong = {
        "old epoch": replace(right, epoch=old.epoch),
        "old tree": replace(right, tree_hash=old.tree_hash),
        "old extensions": replace(right, extensions=old.extensions),
        "new confirmed hash": new,
    }[context_of]
    message = reencrypted(whole, alice, bundle.message, encode(wrong), bytes(32))
    assert accepted_by_service(whole, message)
    assert whole.refused_by_members(message, "alice") == {"aead"}


def test_a_refused_commit_leaves_everybody_able_to_go_on() -> None:
    whole = WholeGroup.of(*NAMES)
    honest = whole.prepare("alice", addition(whole, "frank"), force_path=True)
    bad = reforge(whole.groups["alice"], honest.message, lambda commit: commit)
    assert whole.refused_by_members(bad, "alice") == {"invalid_confirmation_tag"}
    whole.commit("carol", addition(whole, "erin"))
    whole.commit("bob")


@breaks("RFC9420-12.4.1-OWN-COMMIT")
def test_an_own_commit_is_adopted_not_processed() -> None:
    whole = WholeGroup.of(*NAMES)
    bundle = whole.prepare("alice")
    with pytest.raises(MLSError) as caught:
        whole.groups["alice"].process(bundle.message, NOW)
    assert caught.value.rule == "own_commit"


def test_a_psk_must_be_at_hand() -> None:
    whole = WholeGroup.of(*NAMES)
    store = PSKStore({b"psk": b"secret"})
    psk = PreSharedKey(PreSharedKeyID(ExternalPSK(b"psk"), bytes(32)))
    message = whole.groups["alice"].commit([psk], whole.people["alice"].rand, NOW, psks=store).message
    assert accepted_by_service(whole, message)
    assert whole.refused_by_members(message, "alice") == {"psk_unknown"}
    whole.psks = PSKStore({b"psk": b"another secret"})
    assert whole.refused_by_members(message, "alice") == {"invalid_confirmation_tag"}
    whole.psks = store
    whole.deliver(message, "alice")


def send(whole: WholeGroup, name: str, data: bytes = b"hello") -> MLSMessage:
    """An application message of a member."""
    message, whole.groups[name] = whole.groups[name].encrypt(data, whole.people[name].rand, b"aad")
    return message


def test_application_data_comes_with_who_sent_it() -> None:
    whole = WholeGroup.of(*NAMES)
    received = whole.groups["bob"].process(send(whole, "carol"), NOW)
    assert isinstance(received, ApplicationMessage)
    assert (received.data, received.authenticated_data, received.epoch) == (b"hello", b"aad", whole.service.epoch)
    assert (received.sender.identity, received.sender.leaf_index) == (b"carol", whole.index("carol"))


@breaks("RFC9420-9.2-KEY-CONSUMED")
def test_application_data_may_come_out_of_order_but_once() -> None:
    whole = WholeGroup.of(*NAMES)
    messages = [send(whole, "carol", bytes([number])) for number in range(4)]
    bob = whole.groups["bob"]
    for number in (3, 0, 2, 1):
        received = bob.process(messages[number], NOW)
        assert isinstance(received, ApplicationMessage)
        assert received.data == bytes([number])
        bob = received.group
    with pytest.raises(DecryptionError) as caught:
        bob.process(messages[2], NOW)
    assert caught.value.rule == "key_consumed"


def test_application_data_of_past_epochs_can_be_read_for_a_while() -> None:
    whole = WholeGroup.of(*NAMES)
    early, late = send(whole, "carol", b"early"), send(whole, "carol", b"late")
    whole.commit("alice", removal(whole, "carol"))
    for _ in range(PAST_EPOCHS - 1):
        whole.commit("alice")
    received = whole.groups["bob"].process(early, NOW)
    assert isinstance(received, ApplicationMessage)
    assert (received.data, received.sender.identity) == (b"early", b"carol")
    with pytest.raises(DecryptionError):
        received.group.process(early, NOW)
    whole.commit("alice")
    with pytest.raises(WrongEpoch) as caught:
        whole.groups["bob"].process(late, NOW)
    assert caught.value.rule == "wrong_epoch"


@breaks("RFC9420-6-WRONG-EPOCH/PRIVATE")
def test_private_handshakes_are_of_this_epoch_only() -> None:
    whole = WholeGroup.of(*NAMES)
    late = whole.prepare("carol", private=True).message
    whole.commit("alice")
    assert whole.refused_by_members(late) == {"wrong_epoch"}


@breaks("RFC9420-6-WRONG-GROUP/PRIVATE")
def test_a_private_message_is_for_this_group() -> None:
    whole, other = WholeGroup.of(*NAMES), WholeGroup.of("alice", "bob", group_id=b"another whole")
    assert whole.refused_by_members(send(other, "alice")) == {"wrong_group"}


def test_an_altered_private_message_does_not_open() -> None:
    whole = WholeGroup.of(*NAMES)
    message = send(whole, "alice")
    assert isinstance(message.body, PrivateMessage)
    for changes in (
        {"ciphertext": bytes(len(message.body.ciphertext))},
        {"encrypted_sender_data": bytes(len(message.body.encrypted_sender_data))},
        {"authenticated_data": b"changed"},
    ):
        altered = mls_message(replace(message.body, **changes))
        assert whole.refused_by_members(altered, "alice") == {"aead"}


def test_everything_but_external_messages_can_be_private() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose("bob", removal(whole, "carol"), private=True)
    whole.propose("bob", addition(whole, "erin"), private=True)
    whole.commit("alice", private=True)
    assert sorted(whole.groups) == ["alice", "bob", "dave", "erin"]


def test_a_member_learns_that_it_was_removed() -> None:
    whole = WholeGroup.of(*NAMES)
    bundle = whole.prepare("alice", removal(whole, "bob"))
    received = whole.groups["bob"].process(bundle.message, NOW)
    assert isinstance(received, StagedMemberCommit)
    assert received.removed_self
    assert not received.group.active
    with pytest.raises(MLSError) as caught:
        received.group.encrypt(b"still here", whole.people["bob"].rand)
    assert caught.value.rule == "not_a_member"


def test_a_proposal_is_stored_once_however_often_it_comes() -> None:
    whole = WholeGroup.of(*NAMES)
    message = whole.propose("bob", removal(whole, "carol"))
    received = whole.groups["alice"].process(message, NOW)
    assert isinstance(received, ProposalMessage)
    assert received.group.public.proposals == whole.groups["alice"].public.proposals


@breaks("RFC9420-12.1.2-OWN-UPDATE-UNKNOWN")
def test_an_update_of_ours_that_we_do_not_know_is_an_error() -> None:
    """A member that lost its pending Update can't follow whoever commits it."""
    whole = WholeGroup.of(*NAMES)
    forgetful = whole.groups["bob"]
    message = whole.propose_update("bob")
    seen = forgetful.process(message, NOW).group
    committed = whole.prepare("alice").message
    with pytest.raises(MLSError) as caught:
        seen.process(committed, NOW)
    assert caught.value.rule == "own_update_unknown"
    assert isinstance(whole.groups["bob"].process(committed, NOW), StagedMemberCommit)
