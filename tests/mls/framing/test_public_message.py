from dataclasses import replace

import pytest

from simulator.mls.errors import InvalidMAC, InvalidMessage
from simulator.mls.framing.framing import (
    ApplicationData,
    AuthenticatedContent,
    ExternalSender,
    FramedContent,
    MemberSender,
    PublicMessage,
    WireFormat,
)
from simulator.mls.framing.public_message import authenticated_content, check_membership, protect
from simulator.mls.proposals.proposals import Remove
from tests.breaking import breaks
from tests.mls.leaves import SUITE, clients, context_of, tree_of

CONTEXT = context_of(tree_of(clients(2)))
KEY = b"k" * 32
CONTENT = FramedContent(b"group", 1, MemberSender(0), b"", Remove(1))
MESSAGE = AuthenticatedContent(WireFormat.mls_public_message, CONTENT, b"signature", None)


def test_a_member_tags_its_message() -> None:
    message = protect(SUITE, MESSAGE, CONTEXT, KEY)
    check_membership(SUITE, message, CONTEXT, KEY)
    assert authenticated_content(message) == MESSAGE


def test_an_outsider_has_no_tag() -> None:
    outside = replace(MESSAGE, content=replace(CONTENT, sender=ExternalSender(0)))
    message = protect(SUITE, outside, CONTEXT, None)
    assert message.membership_tag is None
    check_membership(SUITE, message, CONTEXT, KEY)


def test_a_member_can_not_do_without() -> None:
    with pytest.raises(ValueError, match="membership key"):
        protect(SUITE, MESSAGE, CONTEXT, None)


PROTECTED = protect(SUITE, MESSAGE, CONTEXT, KEY)


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(replace(PROTECTED, membership_tag=b""), id="tag"),
        pytest.param(replace(PROTECTED, signature=b"other"), id="signature"),
        pytest.param(replace(PROTECTED, content=replace(CONTENT, content=Remove(0))), id="content"),
    ],
)
def test_the_tag_covers_everything(forged: PublicMessage) -> None:
    with pytest.raises(InvalidMAC) as caught:
        check_membership(SUITE, forged, CONTEXT, KEY)
    assert caught.value.rule == "invalid_membership_tag"


def test_the_tag_is_of_this_epoch() -> None:
    with pytest.raises(InvalidMAC):
        check_membership(SUITE, PROTECTED, replace(CONTEXT, epoch=2), KEY)
    with pytest.raises(InvalidMAC):
        check_membership(SUITE, PROTECTED, CONTEXT, b"x" * 32)


@breaks("RFC9420-6-APPLICATION-IN-PUBLIC")
def test_application_data_is_never_public() -> None:
    content = replace(CONTENT, content=ApplicationData(b"hi"))
    with pytest.raises(InvalidMessage) as caught:
        protect(SUITE, replace(MESSAGE, content=content), CONTEXT, KEY)
    assert caught.value.rule == "application_in_public"
    with pytest.raises(InvalidMessage) as caught:
        authenticated_content(replace(PROTECTED, content=content))
    assert caught.value.rule == "application_in_public"


def test_the_signature_must_be_for_this_wire_format() -> None:
    with pytest.raises(ValueError, match="another wire format"):
        protect(SUITE, replace(MESSAGE, wire_format=WireFormat.mls_private_message), CONTEXT, KEY)
