"""Rule 22 and all else that only members see: tags, ciphertexts, keys, and messages that come late."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.mls.commit import Commit, UpdatePath
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.errors import DecryptionError, MLSError, WrongEpoch
from simulator.mls.extension import Extension
from simulator.mls.framing import PrivateMessage, PublicMessage
from simulator.mls.group import ApplicationMessage, Group, ProposalMessage, StagedMemberCommit
from simulator.mls.member_state import PAST_EPOCHS
from simulator.mls.message import MLSMessage, mls_message
from simulator.mls.proposals import GroupContextExtensions, PreSharedKey
from simulator.mls.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.psk_store import PSKStore
from tests.mls.frankenstein import commit_of, forge, reforge, with_path
from tests.mls.room import NOW, PRIVATE_USE, Room, addition, removal

NAMES = ("alice", "bob", "carol", "dave")


def accepted_by_service(room: Room, message: MLSMessage) -> bool:
    """Whether the Delivery Service, which has no secrets, finds nothing wrong."""
    assert isinstance(message.body, PublicMessage)
    stage = (
        room.service.stage_commit if isinstance(message.body.content.content, Commit) else room.service.stage_proposal
    )
    return stage(message.body, NOW) is not None


def test_a_wrong_membership_tag_is_for_members_to_see() -> None:
    room = Room.of(*NAMES)
    for message in (room.prepare("alice").message, forge(room.groups["alice"], removal(room, "bob"))):
        assert isinstance(message.body, PublicMessage)
        altered = mls_message(replace(message.body, membership_tag=bytes(32)))
        assert accepted_by_service(room, altered)
        assert room.refused_by_members(altered, "alice") == {"invalid_membership_tag"}


def test_a_wrong_confirmation_tag_is_for_members_to_see() -> None:
    room = Room.of(*NAMES)
    altered = reforge(room.groups["alice"], room.prepare("alice").message, lambda commit: commit)
    assert accepted_by_service(room, altered)
    assert room.refused_by_members(altered, "alice") == {"invalid_confirmation_tag"}


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


def test_a_broken_path_ciphertext_is_for_members_to_see() -> None:
    room = Room.of(*NAMES)
    broken = with_path(
        room.groups["alice"],
        room.prepare("alice").message,
        other_ciphertexts(lambda item: HPKECiphertext(item.kem_output, bytes(len(item.ciphertext)))),
    )
    assert accepted_by_service(room, broken)
    assert room.refused_by_members(broken, "alice") == {"aead"}


def test_a_path_secret_must_yield_the_keys_in_the_path() -> None:
    """Each member is told a secret of its own that has nothing to do with the tree."""
    room = Room.of(*NAMES)
    alice = room.groups["alice"]
    bundle = room.prepare("alice")
    path = commit_of(bundle.message).path
    assert path is not None
    provisional = replace(
        bundle.next.public.context,
        confirmed_transcript_hash=alice.public.context.confirmed_transcript_hash,
    )
    message = reencrypted(room, alice, bundle.message, encode(provisional), bytes(32))
    assert accepted_by_service(room, message)
    assert room.refused_by_members(message, "alice") == {"path_key_mismatch"}


def reencrypted(room: Room, group: Group, message: MLSMessage, context: bytes, secret: bytes) -> MLSMessage:
    """A Commit whose path tells everybody `secret` under `context`."""
    tree = group.public.tree
    suite, rand = group.public.suite, room.person("mallory").rand
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
    room = Room.of(*NAMES)
    alice = room.groups["alice"]
    bundle = room.prepare("alice", GroupContextExtensions((Extension(PRIVATE_USE, b"new"),)))
    old, new = alice.public.context, bundle.next.public.context
    right = replace(new, confirmed_transcript_hash=old.confirmed_transcript_hash)
    message = reencrypted(room, alice, bundle.message, encode(right), bytes(32))
    assert room.refused_by_members(message, "alice") == {"path_key_mismatch"}


@pytest.mark.parametrize("context_of", ["old epoch", "old tree", "old extensions", "new confirmed hash"])
def test_a_path_is_encrypted_under_the_provisional_context(context_of: str) -> None:
    """New epoch, tree and extensions, old confirmed hash: any other mixture does not decrypt."""
    room = Room.of(*NAMES)
    alice = room.groups["alice"]
    bundle = room.prepare("alice", GroupContextExtensions((Extension(PRIVATE_USE, b"new"),)))
    old, new = alice.public.context, bundle.next.public.context
    right = replace(new, confirmed_transcript_hash=old.confirmed_transcript_hash)
    wrong = {
        "old epoch": replace(right, epoch=old.epoch),
        "old tree": replace(right, tree_hash=old.tree_hash),
        "old extensions": replace(right, extensions=old.extensions),
        "new confirmed hash": new,
    }[context_of]
    message = reencrypted(room, alice, bundle.message, encode(wrong), bytes(32))
    assert accepted_by_service(room, message)
    assert room.refused_by_members(message, "alice") == {"aead"}


def test_a_refused_commit_leaves_everybody_able_to_go_on() -> None:
    room = Room.of(*NAMES)
    honest = room.prepare("alice", addition(room, "frank"), force_path=True)
    bad = reforge(room.groups["alice"], honest.message, lambda commit: commit)
    assert room.refused_by_members(bad, "alice") == {"invalid_confirmation_tag"}
    room.commit("carol", addition(room, "erin"))
    room.commit("bob")


def test_an_own_commit_is_adopted_not_processed() -> None:
    room = Room.of(*NAMES)
    bundle = room.prepare("alice")
    with pytest.raises(MLSError) as caught:
        room.groups["alice"].process(bundle.message, NOW)
    assert caught.value.rule == "own_commit"


def test_a_psk_must_be_at_hand() -> None:
    room = Room.of(*NAMES)
    store = PSKStore({b"psk": b"secret"})
    psk = PreSharedKey(PreSharedKeyID(ExternalPSK(b"psk"), bytes(32)))
    message = room.groups["alice"].commit([psk], room.people["alice"].rand, NOW, psks=store).message
    assert accepted_by_service(room, message)
    assert room.refused_by_members(message, "alice") == {"psk_unknown"}
    room.psks = PSKStore({b"psk": b"another secret"})
    assert room.refused_by_members(message, "alice") == {"invalid_confirmation_tag"}
    room.psks = store
    room.deliver(message, "alice")


def send(room: Room, name: str, data: bytes = b"hello") -> MLSMessage:
    """An application message of a member."""
    message, room.groups[name] = room.groups[name].encrypt(data, room.people[name].rand, b"aad")
    return message


def test_application_data_comes_with_who_sent_it() -> None:
    room = Room.of(*NAMES)
    received = room.groups["bob"].process(send(room, "carol"), NOW)
    assert isinstance(received, ApplicationMessage)
    assert (received.data, received.authenticated_data, received.epoch) == (b"hello", b"aad", room.service.epoch)
    assert (received.sender.identity, received.sender.leaf_index) == (b"carol", room.index("carol"))


def test_application_data_may_come_out_of_order_but_once() -> None:
    room = Room.of(*NAMES)
    messages = [send(room, "carol", bytes([number])) for number in range(4)]
    bob = room.groups["bob"]
    for number in (3, 0, 2, 1):
        received = bob.process(messages[number], NOW)
        assert isinstance(received, ApplicationMessage)
        assert received.data == bytes([number])
        bob = received.group
    with pytest.raises(DecryptionError) as caught:
        bob.process(messages[2], NOW)
    assert caught.value.rule == "key_consumed"


def test_application_data_of_past_epochs_can_be_read_for_a_while() -> None:
    room = Room.of(*NAMES)
    early, late = send(room, "carol", b"early"), send(room, "carol", b"late")
    room.commit("alice", removal(room, "carol"))
    for _ in range(PAST_EPOCHS - 1):
        room.commit("alice")
    received = room.groups["bob"].process(early, NOW)
    assert isinstance(received, ApplicationMessage)
    assert (received.data, received.sender.identity) == (b"early", b"carol")
    with pytest.raises(DecryptionError):
        received.group.process(early, NOW)
    room.commit("alice")
    with pytest.raises(WrongEpoch) as caught:
        room.groups["bob"].process(late, NOW)
    assert caught.value.rule == "wrong_epoch"


def test_private_handshakes_are_of_this_epoch_only() -> None:
    room = Room.of(*NAMES)
    late = room.prepare("carol", private=True).message
    room.commit("alice")
    assert room.refused_by_members(late) == {"wrong_epoch"}


def test_a_private_message_is_for_this_group() -> None:
    room, other = Room.of(*NAMES), Room.of("alice", "bob", group_id=b"another room")
    assert room.refused_by_members(send(other, "alice")) == {"wrong_group"}


def test_an_altered_private_message_does_not_open() -> None:
    room = Room.of(*NAMES)
    message = send(room, "alice")
    assert isinstance(message.body, PrivateMessage)
    for changes in (
        {"ciphertext": bytes(len(message.body.ciphertext))},
        {"encrypted_sender_data": bytes(len(message.body.encrypted_sender_data))},
        {"authenticated_data": b"changed"},
    ):
        altered = mls_message(replace(message.body, **changes))
        assert room.refused_by_members(altered, "alice") == {"aead"}


def test_everything_but_external_messages_can_be_private() -> None:
    room = Room.of(*NAMES)
    room.propose("bob", removal(room, "carol"), private=True)
    room.propose("bob", addition(room, "erin"), private=True)
    room.commit("alice", private=True)
    assert sorted(room.groups) == ["alice", "bob", "dave", "erin"]


def test_a_member_learns_that_it_was_removed() -> None:
    room = Room.of(*NAMES)
    bundle = room.prepare("alice", removal(room, "bob"))
    received = room.groups["bob"].process(bundle.message, NOW)
    assert isinstance(received, StagedMemberCommit)
    assert received.removed_self
    assert not received.group.active
    with pytest.raises(MLSError) as caught:
        received.group.encrypt(b"still here", room.people["bob"].rand)
    assert caught.value.rule == "not_a_member"


def test_a_proposal_is_stored_once_however_often_it_comes() -> None:
    room = Room.of(*NAMES)
    message = room.propose("bob", removal(room, "carol"))
    received = room.groups["alice"].process(message, NOW)
    assert isinstance(received, ProposalMessage)
    assert received.group.public.proposals == room.groups["alice"].public.proposals


def test_an_update_of_ours_that_we_do_not_know_is_an_error() -> None:
    """A member that lost its pending Update can't follow whoever commits it."""
    room = Room.of(*NAMES)
    forgetful = room.groups["bob"]
    message = room.propose_update("bob")
    seen = forgetful.process(message, NOW).group
    committed = room.prepare("alice").message
    with pytest.raises(MLSError) as caught:
        seen.process(committed, NOW)
    assert caught.value.rule == "own_update_unknown"
    assert isinstance(room.groups["bob"].process(committed, NOW), StagedMemberCommit)
