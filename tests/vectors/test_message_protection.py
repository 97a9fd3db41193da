"""message-protection.json: proposals, commits and application data in both wire formats."""

from typing import Any

import pytest

from simulator.codec import codec, decode
from simulator.mls.commits.commit import Commit
from simulator.mls.crypto import CipherSuite, cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import InvalidMessage
from simulator.mls.framing.authentication import sign_content, verify_content
from simulator.mls.framing.framing import (
    ApplicationData,
    AuthenticatedContent,
    Content,
    FramedContent,
    MemberSender,
    PrivateMessage,
    PublicMessage,
    WireFormat,
)
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.private_message import open_sealed, seal
from simulator.mls.framing.public_message import authenticated_content, check_membership, protect
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.key_schedule.secret_tree import SecretTree
from simulator.mls.proposals.proposals import Proposal

SENDER = 1

pytestmark = pytest.mark.vectors("message-protection")
unhex = bytes.fromhex


@pytest.mark.parametrize("kind", ["proposal", "commit"])
def test_public_messages(vector: Any, kind: str) -> None:
    suite, context = suite_and_context(vector)
    message = decode(MLSMessage, unhex(vector[f"{kind}_pub"])).body
    assert isinstance(message, PublicMessage)
    check_public(vector, message)
    assert message.content.content == raw(vector, kind)
    ours = signed(vector, kind, WireFormat.mls_public_message)
    check_public(vector, protect(suite, ours, context, unhex(vector["membership_key"])))


def test_application_data_is_never_public(vector: Any) -> None:
    suite, context = suite_and_context(vector)
    message = signed(vector, "application", WireFormat.mls_public_message)
    with pytest.raises(InvalidMessage) as caught:
        protect(suite, message, context, unhex(vector["membership_key"]))
    assert caught.value.rule == "application_in_public"


@pytest.mark.parametrize("kind", ["proposal", "commit", "application"])
def test_private_messages(vector: Any, kind: str) -> None:
    suite, _ = suite_and_context(vector)
    message = decode(MLSMessage, unhex(vector[f"{kind}_priv"])).body
    assert isinstance(message, PrivateMessage)
    assert opened(vector, message).content.content == raw(vector, kind)
    ours, _ = seal(
        suite,
        signed(vector, kind, WireFormat.mls_private_message),
        secret_tree(vector),
        unhex(vector["sender_data_secret"]),
        SeededRand(1, "vector"),
        padding=bytes(7),
    )
    assert opened(vector, ours).content.content == raw(vector, kind)


def suite_and_context(vector: Any) -> tuple[CipherSuite, GroupContext]:
    suite = cipher_suite(vector["cipher_suite"])
    group_id, tree_hash = unhex(vector["group_id"]), unhex(vector["tree_hash"])
    confirmed = unhex(vector["confirmed_transcript_hash"])
    return suite, GroupContext(1, suite.value, group_id, vector["epoch"], tree_hash, confirmed, ())


def raw(vector: Any, kind: str) -> Content:
    data = unhex(vector[kind])
    if kind == "application":
        return ApplicationData(data)
    content: Content = codec(Commit if kind == "commit" else Proposal).decode(data)
    return content


def signed(vector: Any, kind: str, wire_format: WireFormat) -> AuthenticatedContent:
    suite, context = suite_and_context(vector)
    content = FramedContent(context.group_id, context.epoch, MemberSender(SENDER), b"", raw(vector, kind))
    signature = sign_content(suite, unhex(vector["signature_priv"]), wire_format, content, context)
    return AuthenticatedContent(wire_format, content, signature, b"a tag" if kind == "commit" else None)


def check_public(vector: Any, message: PublicMessage) -> None:
    suite, context = suite_and_context(vector)
    check_membership(suite, message, context, unhex(vector["membership_key"]))
    verify_content(suite, unhex(vector["signature_pub"]), authenticated_content(message), context)


def secret_tree(vector: Any) -> SecretTree:
    suite, _ = suite_and_context(vector)
    return SecretTree.of(suite, 2, unhex(vector["encryption_secret"]))


def opened(vector: Any, message: PrivateMessage) -> AuthenticatedContent:
    suite, context = suite_and_context(vector)
    content, _ = open_sealed(
        suite, message, secret_tree(vector), unhex(vector["sender_data_secret"]), lambda leaf: leaf == SENDER
    )
    verify_content(suite, unhex(vector["signature_pub"]), content, context)
    return content
