"""Messages that only members can read (RFC 9420 6.3)."""

from collections.abc import Callable
from typing import TypeAlias

from simulator.codec import DecodeError, decode, decode_prefix, encode
from simulator.mls.commits.commit import Commit
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.framing import rules
from simulator.mls.framing.framing import (
    ApplicationData,
    AuthenticatedContent,
    Content,
    ContentType,
    FramedContent,
    MemberSender,
    PrivateApplicationContent,
    PrivateCommitContent,
    PrivateContentAAD,
    PrivateMessage,
    PrivateProposalContent,
    SenderData,
    SenderDataAAD,
    WireFormat,
)
from simulator.mls.key_schedule.secret_tree import RatchetKind, SecretTree
from simulator.rules import check, refuse

PrivateContent: TypeAlias = PrivateApplicationContent | PrivateProposalContent | PrivateCommitContent

_CONTENT: dict[ContentType, type[PrivateContent]] = {
    ContentType.application: PrivateApplicationContent,
    ContentType.proposal: PrivateProposalContent,
    ContentType.commit: PrivateCommitContent,
}


def seal(
    suite: CipherSuite,
    message: AuthenticatedContent,
    secrets: SecretTree,
    sender_data_secret: bytes,
    rand: Rand,
    padding: bytes = b"",
) -> tuple[PrivateMessage, SecretTree]:
    """The PrivateMessage with `padding`, which has to be all zero, and the secret tree without the key it took.

    Raises TypeError for a sender that is no member, and ValueError for content signed for another wire format.
    """
    content = message.content
    if not isinstance(content.sender, MemberSender):
        raise TypeError("only members can send a PrivateMessage")
    if message.wire_format != WireFormat.mls_private_message:
        raise ValueError("this content was signed for another wire format")
    kind, plaintext = _private_content(message)
    key, secrets = secrets.next_key(content.sender.leaf_index, _ratchet(kind))
    guard = rand("reuse_guard", 4)
    aad = encode(PrivateContentAAD(content.group_id, content.epoch, kind, content.authenticated_data))
    padded = encode(plaintext) + padding
    ciphertext = suite.aead.seal(key.key, guarded_nonce(key.nonce, guard), aad, padded)
    sender_key, sender_nonce = sender_data_key_and_nonce(suite, sender_data_secret, ciphertext)
    sender_data = encode(SenderData(content.sender.leaf_index, key.generation, guard))
    sender_aad = encode(SenderDataAAD(content.group_id, content.epoch, kind))
    sealed = suite.aead.seal(sender_key, sender_nonce, sender_aad, sender_data)
    return (
        PrivateMessage(content.group_id, content.epoch, kind, content.authenticated_data, sealed, ciphertext),
        secrets,
    )


def open_sealed(
    suite: CipherSuite,
    message: PrivateMessage,
    secrets: SecretTree,
    sender_data_secret: bytes,
    is_member: Callable[[int], bool],
) -> tuple[AuthenticatedContent, SecretTree]:
    """What a PrivateMessage says, and the secret tree without the key it took.

    The signature is not checked yet: keep the new secret tree only if it verifies. `is_member` tells whether a leaf
    is occupied. Raises DecryptionError (`aead`, `key_consumed`, `generation_too_far`) or InvalidMessage
    (`blank_sender`, `malformed_content`, `nonzero_padding`).
    """
    sender = _open_sender_data(suite, message, sender_data_secret)
    if not is_member(sender.leaf_index):
        refuse(rules.PRIVATE_SENDER, f"the sender, leaf {sender.leaf_index}, is blank")
    key, secrets = secrets.take_key(sender.leaf_index, _ratchet(message.content_type), sender.generation)
    aad = encode(PrivateContentAAD(message.group_id, message.epoch, message.content_type, message.authenticated_data))
    plaintext = suite.aead.open(key.key, guarded_nonce(key.nonce, sender.reuse_guard), aad, message.ciphertext)
    private = _unpadded(_CONTENT[message.content_type], plaintext)
    content = FramedContent(
        message.group_id,
        message.epoch,
        MemberSender(sender.leaf_index),
        message.authenticated_data,
        private.content,
    )
    tag = private.confirmation_tag if isinstance(private, PrivateCommitContent) else None
    return AuthenticatedContent(WireFormat.mls_private_message, content, private.signature, tag), secrets


def sender_data_key_and_nonce(suite: CipherSuite, sender_data_secret: bytes, ciphertext: bytes) -> tuple[bytes, bytes]:
    """What the sender data is encrypted with; it depends on the start of the message's ciphertext (RFC 9420 6.3.2)."""
    sample = ciphertext[: suite.secret_size]
    return (
        suite.expand_with_label(sender_data_secret, "key", sample, suite.aead.key_size),
        suite.expand_with_label(sender_data_secret, "nonce", sample, suite.aead.nonce_size),
    )


def guarded_nonce(nonce: bytes, reuse_guard: bytes) -> bytes:
    """The nonce with its first four bytes XORed with the guard (RFC 9420 6.3.1)."""
    head = bytes(a ^ b for a, b in zip(nonce[:4], reuse_guard, strict=True))
    return head + nonce[4:]


def _open_sender_data(suite: CipherSuite, message: PrivateMessage, sender_data_secret: bytes) -> SenderData:
    key, nonce = sender_data_key_and_nonce(suite, sender_data_secret, message.ciphertext)
    aad = encode(SenderDataAAD(message.group_id, message.epoch, message.content_type))
    opened = suite.aead.open(key, nonce, aad, message.encrypted_sender_data)
    try:
        return decode(SenderData, opened)
    except DecodeError as error:
        refuse(rules.SENDER_DATA, f"the sender data: {error}", error)


def _unpadded(cls: type[PrivateContent], plaintext: bytes) -> PrivateContent:
    try:
        content, end = decode_prefix(cls, plaintext, 0)
    except DecodeError as error:
        refuse(rules.CONTENT, f"the decrypted content: {error}", error)
    check(rules.PADDING, not any(plaintext[end:]), "the padding holds other bytes than zero")
    return content


def _private_content(message: AuthenticatedContent) -> tuple[ContentType, PrivateContent]:
    content: Content = message.content.content
    if isinstance(content, ApplicationData):
        return ContentType.application, PrivateApplicationContent(content, message.signature)
    if isinstance(content, Commit):
        if message.confirmation_tag is None:
            raise ValueError("a Commit needs its confirmation tag")
        return ContentType.commit, PrivateCommitContent(content, message.signature, message.confirmation_tag)
    return ContentType.proposal, PrivateProposalContent(content, message.signature)


def _ratchet(kind: ContentType) -> RatchetKind:
    return RatchetKind.application if kind == ContentType.application else RatchetKind.handshake
