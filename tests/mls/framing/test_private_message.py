from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.mls.commits.commit import Commit
from simulator.mls.crypto import CIPHER_SUITES, CipherSuite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import DecryptionError, InvalidMessage
from simulator.mls.framing.framing import (
    ApplicationData,
    AuthenticatedContent,
    Content,
    ContentType,
    ExternalSender,
    FramedContent,
    MemberSender,
    PrivateContentAAD,
    PrivateMessage,
    SenderData,
    SenderDataAAD,
    WireFormat,
)
from simulator.mls.framing.private_message import guarded_nonce, open_sealed, seal, sender_data_key_and_nonce
from simulator.mls.key_schedule.secret_tree import RatchetKind, SecretTree
from simulator.mls.proposals.proposals import Remove
from tests.breaking import breaks
from tests.mls.leaves import SUITE

SENDER_DATA_SECRET = b"d" * 32


def secrets(suite: CipherSuite = SUITE) -> SecretTree:
    return SecretTree.of(suite, 4, b"e" * 32)


def content_of(content: Content, sender: int = 1) -> AuthenticatedContent:
    framed = FramedContent(b"group", 5, MemberSender(sender), b"in the clear", content)
    tag = b"tag" if isinstance(content, Commit) else None
    return AuthenticatedContent(WireFormat.mls_private_message, framed, b"signature", tag)


def sealed(message: AuthenticatedContent, padding: int = 0, suite: CipherSuite = SUITE) -> PrivateMessage:
    return seal(suite, message, secrets(suite), SENDER_DATA_SECRET, SeededRand(1, "test"), bytes(padding))[0]


def opened(message: PrivateMessage, suite: CipherSuite = SUITE) -> AuthenticatedContent:
    return open_sealed(suite, message, secrets(suite), SENDER_DATA_SECRET, lambda leaf: leaf < 4)[0]


def refused(message: PrivateMessage) -> str:
    with pytest.raises((DecryptionError, InvalidMessage)) as caught:
        opened(message)
    return caught.value.rule


HELLO = content_of(ApplicationData(b"hello"))


@pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: suite.name)
@pytest.mark.parametrize(
    "content", [ApplicationData(b"hello"), Remove(3), Commit((), None)], ids=["data", "proposal", "commit"]
)
def test_round_trip(content: Content, suite: CipherSuite) -> None:
    message = content_of(content)
    assert opened(sealed(message, suite=suite), suite) == message


@pytest.mark.parametrize("padding", [0, 1, 255])
def test_padding_hides_the_length(padding: int) -> None:
    assert len(sealed(HELLO, padding).ciphertext) == len(sealed(HELLO).ciphertext) + padding
    assert opened(sealed(HELLO, padding)) == HELLO


def test_each_message_takes_the_next_key() -> None:
    sending, receiving, rand = secrets(), secrets(), SeededRand(1, "test")
    messages = []
    for _ in range(3):
        message, sending = seal(SUITE, HELLO, sending, SENDER_DATA_SECRET, rand)
        messages.append(message)
    for message in reversed(messages):
        content, receiving = open_sealed(SUITE, message, receiving, SENDER_DATA_SECRET, lambda leaf: True)
        assert content == HELLO
    with pytest.raises(DecryptionError) as caught:
        open_sealed(SUITE, messages[0], receiving, SENDER_DATA_SECRET, lambda leaf: True)
    assert caught.value.rule == "key_consumed"


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(replace(sealed(HELLO), group_id=b"other"), id="group"),
        pytest.param(replace(sealed(HELLO), epoch=6), id="epoch"),
        pytest.param(replace(sealed(HELLO), content_type=ContentType.commit), id="content type"),
        pytest.param(replace(sealed(HELLO), authenticated_data=b""), id="authenticated data"),
        pytest.param(replace(sealed(HELLO), ciphertext=b""), id="no ciphertext"),
        pytest.param(replace(sealed(HELLO), encrypted_sender_data=b""), id="no sender data"),
        pytest.param(replace(sealed(HELLO, 64), ciphertext=sealed(HELLO, 64).ciphertext[:-1] + b"?"), id="tag"),
    ],
)
def test_nothing_can_be_changed(forged: PrivateMessage) -> None:
    assert refused(forged) == "aead"


@breaks("RFC9420-6.3.2-BLANK-SENDER")
def test_the_sender_is_a_member() -> None:
    with pytest.raises(InvalidMessage) as caught:
        open_sealed(SUITE, sealed(HELLO), secrets(), SENDER_DATA_SECRET, lambda leaf: leaf != 1)
    assert caught.value.rule == "blank_sender"


def test_only_members_seal() -> None:
    outside = replace(HELLO, content=replace(HELLO.content, sender=ExternalSender(0)))
    with pytest.raises(TypeError, match="only members"):
        sealed(outside)


def test_the_signature_must_be_for_this_wire_format() -> None:
    with pytest.raises(ValueError, match="another wire format"):
        sealed(replace(HELLO, wire_format=WireFormat.mls_public_message))


def test_a_commit_is_sealed_with_its_tag() -> None:
    with pytest.raises(ValueError, match="confirmation tag"):
        sealed(replace(content_of(Commit((), None)), confirmation_tag=None))


def forged_message(plaintext: bytes, sender_data: bytes | None = None) -> PrivateMessage:
    """A message as a dishonest member could send it: well encrypted, whatever is inside."""
    message, guard = sealed(HELLO), b"\x00" * 4
    key, _ = secrets().take_key(1, RatchetKind.application, 0)
    aad = encode(PrivateContentAAD(message.group_id, message.epoch, message.content_type, message.authenticated_data))
    ciphertext = SUITE.aead.seal(key.key, guarded_nonce(key.nonce, guard), aad, plaintext)
    data_key, data_nonce = sender_data_key_and_nonce(SUITE, SENDER_DATA_SECRET, ciphertext)
    data_aad = encode(SenderDataAAD(message.group_id, message.epoch, message.content_type))
    inner = encode(SenderData(1, 0, guard)) if sender_data is None else sender_data
    encrypted = SUITE.aead.seal(data_key, data_nonce, data_aad, inner)
    return replace(message, ciphertext=ciphertext, encrypted_sender_data=encrypted)


@breaks("RFC9420-6.3.1-NONZERO-PADDING")
def test_padding_is_zero() -> None:
    good = b"\x05hello\x09signature"
    assert opened(forged_message(good + b"\x00\x00")) == HELLO
    assert refused(forged_message(good + b"\x00\x01")) == "nonzero_padding"


def test_what_is_inside_must_be_content() -> None:
    with breaks("RFC9420-6.3.1-MALFORMED-CONTENT"):
        assert refused(forged_message(b"\x05hell")) == "malformed_content"
    with breaks("RFC9420-6.3.2-MALFORMED-CONTENT"):
        assert refused(forged_message(b"\x05hello\x09signature", sender_data=b"short")) == "malformed_content"


def test_the_guard_touches_four_bytes_of_the_nonce() -> None:
    assert guarded_nonce(b"\xff" * 12, b"\x0f\x00\xff\x01") == b"\xf0\xff\x00\xfe" + b"\xff" * 8
