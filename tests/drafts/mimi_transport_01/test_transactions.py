"""What an envelope says, and who sends: TLS alone tells."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_01 import MIMI_TRANSPORT_01
from simulator.drafts.mimi_transport_01 import messages as wire
from simulator.drafts.mimi_transport_01.transactions import head, opener, sender_of, transaction_type
from simulator.drafts.requests.endpoint import Answer, Envelope, Incoming, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks

TYPE = "mimi.delivery-service.verification-key"


def asked(version: int = 1, type_: str = TYPE, *names: str, more: bytes = b"") -> WireRequest:
    body = encode(wire.VerificationKeyTransaction(version, type_, wire.VerificationKeyRequest())) + more
    return WireRequest("GET", "/verification_key", body=body, names=lambda: names or ("A.example", "ds.a.example"))


def refused(read: Callable[[WireRequest], object], request: WireRequest) -> tuple[Code, str]:
    with pytest.raises(Refusal) as caught:
        read(request)
    return caught.value.code, caught.value.rule


def test_each_operation_has_a_type() -> None:
    assert transaction_type("add_users") == "mimi.delivery-service.add-users"
    page = (MIMI_TRANSPORT_01.page or "").read_text() if MIMI_TRANSPORT_01.page else ""
    words = {word for word in page.split() if word.startswith("mimi.delivery-service.")}
    assert len(words) == 19
    assert transaction_type("re_initialize_group") in words


@breaks("M-SENDER")
@pytest.mark.parametrize("names", [(), ("",), ("localhost", "a.example")])
def test_a_certificate_without_a_providers_name_in_front(names: tuple[str, ...]) -> None:
    code, words = refused(sender_of, WireRequest("GET", "/", names=lambda: names))
    assert code is Code.not_authorized
    assert "the TLS client certificate names no provider: " in words


def test_the_head_tells_operation_and_sender() -> None:
    read = head(["verification_key"], counted=True)
    assert read(asked()) == Envelope("verification_key", "a.example", rate_keys=("provider a.example",))
    assert head(["verification_key"], counted=False)(asked(1, TYPE, "m.example")).sender == "m.example"


def test_an_envelope_of_another_version_or_none() -> None:
    read = head(["verification_key"], counted=True)
    assert refused(read, asked(2)) == (Code.unsupported_version, "version 2; only 1 is spoken here")
    code, words = refused(read, replace(asked(), body=b"\x00"))
    assert (code, words.startswith("no TransactionEnvelope: ")) == (Code.malformed, True)


@breaks("M-TRANSACTION-TYPE/KNOWN")
def test_a_type_that_is_asked_elsewhere_or_nowhere() -> None:
    for type_ in ("mimi.delivery-service.add-users", "mimi.delivery-service.add", ""):
        code, words = refused(head(["verification_key"], counted=True), asked(1, type_))
        assert code is Code.unsupported_operation
        assert words == f"{type_!r} is no transaction type that is asked at /verification_key"


def test_the_whole_is_one_envelope_and_its_payload_is_as_it_says() -> None:
    read = head(["verification_key"], counted=True)

    def open_as(operation: str) -> Callable[[WireRequest], Incoming]:
        def opened(_: object, known: Envelope) -> Incoming:
            return Incoming(replace(known, operation=operation), lambda _: Answer(Reply(200, (), b"")))

        return opener(wire.VerificationKeyTransaction, read, opened)

    assert open_as("verification_key")(asked()).envelope == Envelope("verification_key", "a.example")
    assert refused(open_as("verification_key"), asked(more=b"\x00"))[0] is Code.malformed
    with breaks("M-TRANSACTION-TYPE/PAYLOAD"):
        said = refused(open_as("add_users"), asked())
    assert said == (Code.malformed, f"the payload of {TYPE} asks for add_users")
