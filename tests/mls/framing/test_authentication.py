from dataclasses import replace
from typing import Any

import pytest

from simulator.mls.errors import InvalidSignature
from simulator.mls.framing.authentication import framed_content_tbs, sign_content, verify_content
from simulator.mls.framing.framing import (
    AuthenticatedContent,
    ExternalSender,
    FramedContent,
    MemberSender,
    NewMemberCommitSender,
    NewMemberProposalSender,
    WireFormat,
)
from simulator.mls.proposals.proposals import Remove
from tests.mls.leaves import SUITE, client, context_of, tree_of

ALICE = client("alice")
CONTEXT = context_of(tree_of([ALICE]))
CONTENT = FramedContent(b"group", 1, MemberSender(0), b"", Remove(0))
INSIDERS = [MemberSender(0), NewMemberCommitSender()]
OUTSIDERS = [ExternalSender(0), NewMemberProposalSender()]


def signed(
    content: FramedContent = CONTENT, wire_format: WireFormat = WireFormat.mls_public_message
) -> AuthenticatedContent:
    signature = sign_content(SUITE, ALICE.signature.private, wire_format, content, CONTEXT)
    return AuthenticatedContent(wire_format, content, signature, None)


@pytest.mark.parametrize("sender", INSIDERS + OUTSIDERS)
def test_a_signature_verifies(sender: Any) -> None:
    verify_content(SUITE, ALICE.leaf.signature_key, signed(replace(CONTENT, sender=sender)), CONTEXT)


@pytest.mark.parametrize("sender", INSIDERS)
def test_insiders_sign_the_group_context(sender: Any) -> None:
    content = replace(CONTENT, sender=sender)
    assert framed_content_tbs(WireFormat.mls_public_message, content, CONTEXT).context == CONTEXT
    with pytest.raises(InvalidSignature):
        verify_content(SUITE, ALICE.leaf.signature_key, signed(content), replace(CONTEXT, epoch=2))


@pytest.mark.parametrize("sender", OUTSIDERS)
def test_outsiders_do_not_sign_the_group_context(sender: Any) -> None:
    content = replace(CONTENT, sender=sender)
    assert framed_content_tbs(WireFormat.mls_public_message, content, CONTEXT).context is None
    verify_content(SUITE, ALICE.leaf.signature_key, signed(content), replace(CONTEXT, epoch=2))


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(replace(signed(), content=replace(CONTENT, content=Remove(1))), id="content"),
        pytest.param(replace(signed(), content=replace(CONTENT, authenticated_data=b"x")), id="authenticated data"),
        pytest.param(replace(signed(), content=replace(CONTENT, sender=MemberSender(1))), id="sender"),
        pytest.param(replace(signed(), wire_format=WireFormat.mls_private_message), id="wire format"),
        pytest.param(replace(signed(), signature=b""), id="signature"),
    ],
)
def test_nothing_can_be_changed(forged: AuthenticatedContent) -> None:
    with pytest.raises(InvalidSignature):
        verify_content(SUITE, ALICE.leaf.signature_key, forged, CONTEXT)


def test_the_key_must_be_the_signers() -> None:
    with pytest.raises(InvalidSignature):
        verify_content(SUITE, client("bob").leaf.signature_key, signed(), CONTEXT)
