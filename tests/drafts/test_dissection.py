"""Bodies become trees whose parts cover the bytes they come from, whatever the bytes are."""

from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest

from simulator.codec import encode, write_varint
from simulator.codec.spans import ITEMS, SPANS
from simulator.drafts import DRAFTS
from simulator.drafts.dissection import Dissector, dissector
from simulator.drafts.mimi_transport_00.errors import succeed
from simulator.drafts.mimi_transport_00.messages.delivery import DSExternalCommitInfo, DSResponse
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.drafts.requests.template import Template
from simulator.mls.extensions.extension import Extension, ExtensionType, RequiredCapabilities
from simulator.mls.framing.message import mls_message
from simulator.trace import Dissection, Node
from tests.services.bench import Bench, new_group

DRAFT = DRAFTS[0]
DISSECT = dissector(DRAFT.name)
QUESTION = encode(VerificationKeyRequest(1, "a.example", "b.example"))


def dissected(endpoint: str, data: bytes) -> Dissection:
    found = DISSECT(endpoint, "request", data)
    assert found is not None
    return found


def test_fields_are_named_typed_and_placed() -> None:
    root = dissected("verification_key", QUESTION).root
    assert [(node.path, node.type, node.value, node.offset, node.length) for node in root.walk()] == [
        ("", "VerificationKeyRequest", "", 0, 22),
        ("version", "uint16", "1", 0, 2),
        ("sender", "utf8<V>", "a.example", 2, 10),
        ("recipient", "utf8<V>", "b.example", 12, 10),
    ]


def test_an_endpoint_goes_by_its_name_or_its_path() -> None:
    assert dissected("/verification_key", QUESTION) == dissected("verification_key", QUESTION)


@pytest.mark.parametrize(
    ("endpoint", "data"), [("verification_key", b""), ("elsewhere", b"\x00"), ("ds_domain", b"\x00")]
)
def test_there_may_be_nothing_to_decode(endpoint: str, data: bytes) -> None:
    assert DISSECT(endpoint, "request", data) is None


def test_discovery_answers_with_text() -> None:
    found = DISSECT("ds_domain", "response", b"ds.a.example\n")
    assert found is not None
    assert (found.root.type, found.root.value) == ("text", "ds.a.example\n")


def test_the_bodies_of_known_extensions_are_decoded_where_they_stand(bench: Bench) -> None:
    alice = bench.client("alice.phone@a")
    info = new_group(bench, alice).group_info((ExtensionType.external_pub,))
    data = succeed(DSResponse(1, DSExternalCommitInfo(mls_message(info), ()))).body
    found = DISSECT("external_commit_information", "response", data)
    assert found is not None
    covered(found.root)
    (key,) = [node for node in found.root.walk() if node.path.endswith("extension_data.external_pub")]
    assert data[key.offset + 1 : key.offset + key.length].hex() == key.value
    assert [node.text for node in found.root.walk() if node.path.endswith("senders[0].credential.identity")] == [
        "a.example"
    ]


@pytest.mark.parametrize("cut", range(1, len(QUESTION)))
def test_what_can_be_decoded_of_a_stump_is_there(cut: int) -> None:
    found = dissected("verification_key", QUESTION[:cut])
    assert found.error is not None
    covered(found.root)
    assert [node.name for node in found.root.children if node.type == "uint16"] == (["version"] if cut >= 2 else [])


def test_what_follows_is_shown_as_undecoded() -> None:
    found = dissected("verification_key", QUESTION + b"\x01\x02")
    assert found.error == "byte 22: 2 trailing bytes"
    rest = found.root.children[-1]
    assert (rest.name, rest.value, rest.offset, rest.length) == ("undecoded", "0102", 22, 2)


def covered(node: Node) -> None:
    """Parts lie side by side inside of the whole."""
    assert all(one.offset + one.length <= other.offset for one, other in pairwise(node.children))
    for child in node.children:
        assert node.offset <= child.offset
        assert child.offset + child.length <= node.offset + node.length
        covered(child)


def test_an_unknown_draft_decodes_nothing() -> None:
    assert dissector("mimi-transport-99")("verification_key", "request", QUESTION) is None


def delivery(recipients: bytes) -> bytes:
    """A request to deliver to these recipients, as it is on the wire, up to them."""
    return b"\x00\x01\x09b.example\x09c.example\x00" + write_varint(len(recipients)) + recipients


def test_of_millions_of_items_the_first_are_shown_and_the_others_counted() -> None:
    data = delivery(b"\x00\x00" * 500_000)
    found = dissected("deliver_message", data)
    recipients = found.root.find("signed.recipients")
    assert recipients is not None
    *shown, rest = recipients.children
    assert len(shown) == ITEMS
    more = 500_000 - ITEMS
    digest = sha256(bytes(2 * more)).hexdigest()
    assert (rest.name, rest.type) == (f"[{ITEMS}…]", "more")
    assert rest.value == f"{more:,} more items in {2 * more:,} bytes, sha256 {digest}"
    assert found.error is not None
    assert found.error.startswith("signed.group_id")


def test_extensions_share_the_budget_of_the_body_they_are_in(bench: Bench) -> None:
    alice = bench.client("alice.phone@a")
    info = new_group(bench, alice).group_info((ExtensionType.external_pub,))
    many = RequiredCapabilities(tuple(range(100)), (), ())
    extensions = (Extension(ExtensionType.required_capabilities, encode(many)),) * 3000
    data = succeed(DSResponse(1, DSExternalCommitInfo(mls_message(replace(info, extensions=extensions)), ()))).body
    found = DISSECT("external_commit_information", "response", data)
    assert found is not None
    assert found.error is None
    nodes = list(found.root.walk())
    assert SPANS / 2 < len(nodes) < 1.1 * SPANS
    assert sum(node.name == "extension_types" for node in nodes) > 100


def test_an_endpoint_with_a_variable_is_known_by_any_path_of_it() -> None:
    row = replace(DRAFTS[0].named("deliver_message"), template=Template("/deliver/{group}"))
    dissect = Dissector(replace(DRAFTS[0], endpoints=(row,)))
    by_name, by_path = dissect("deliver_message", "request", b"\0\1"), dissect("/deliver/x%2Fy", "request", b"\0\1")
    assert by_name is not None
    assert by_name == by_path
    assert dissect("/deliver/x/y", "request", b"\0\1") is None
