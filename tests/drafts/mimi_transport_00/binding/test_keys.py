"""Verification keys and KeyPackages, both ways."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts import DRAFTS
from simulator.drafts.endpoint import BadAnswer, Outgoing
from simulator.drafts.mimi_transport_00.binding.keys import LONGEST_KEY_ID, MOST_TARGETS
from simulator.drafts.mimi_transport_00.errors import succeed
from simulator.drafts.mimi_transport_00.messages import key_packages as wire
from simulator.drafts.mimi_transport_00.messages import verification_key as key_wire
from simulator.services import consent, key_packages, provider_keys
from simulator.services.commands import FetchConnectionKeyPackages, FetchGroupKeyPackages, FetchVerificationKey
from simulator.services.refusal import Code, Refusal
from simulator.services.results import HandedOut, ProviderKey
from simulator.storage import ConsentWord
from tests.services.bench import Bench

(DRAFT,) = DRAFTS
ALICE, PHONE, BOB = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone", "mimi://b.example/u/bob"
COMMANDS = (
    FetchConnectionKeyPackages(BOB, ALICE),
    FetchGroupKeyPackages(BOB, ALICE),
    FetchGroupKeyPackages(BOB, (PHONE,)),
)


def test_the_verification_key_is_told_to_anybody(bench: Bench) -> None:
    outgoing = DRAFT.write(FetchVerificationKey(), sender="b.example", recipient="a.example")
    incoming = outgoing.endpoint.open(outgoing.wire_request)
    assert incoming.envelope.recipient == "a.example"
    assert incoming.signature is None
    assert outgoing.endpoint.head(outgoing.wire_request).rate_keys == ("provider b.example",)
    key = outgoing.endpoint.read(bench.do(incoming.perform).reply)
    assert key == bench.do(provider_keys.published)


def test_only_ed25519_is_known() -> None:
    arm = key_wire.ProviderKey("a.example", b"id", 0x0403, bytes(32), 0, 1)
    with pytest.raises(BadAnswer, match="0x0403"):
        DRAFT.named("verification_key").read(succeed(key_wire.VerificationKeyResponse(1, arm)))


def test_a_key_id_is_kept_in_bounds() -> None:
    read = DRAFT.named("verification_key").read
    arm = key_wire.ProviderKey("a.example", bytes(LONGEST_KEY_ID), 0x0807, bytes(32), 0, 1)
    assert isinstance(read(succeed(key_wire.VerificationKeyResponse(1, arm))), ProviderKey)
    with pytest.raises(BadAnswer, match="an id of 256 bytes; 255 are taken at most"):
        read(succeed(key_wire.VerificationKeyResponse(1, replace(arm, key_id=bytes(LONGEST_KEY_ID + 1)))))


def write(guest: Bench, command: FetchConnectionKeyPackages | FetchGroupKeyPackages) -> Outgoing:
    sign = guest.do(provider_keys.sign_as_provider)
    return DRAFT.write(command, sender="b.example", recipient="a.example", sign=sign)


@pytest.fixture
def guest() -> Iterator[Bench]:
    with closing(Bench(provider="b.example")) as made:
        yield made


@pytest.mark.parametrize("command", COMMANDS)
def test_key_packages_are_fetched(bench: Bench, guest: Bench, command: Any) -> None:
    phone = bench.client("alice.phone@a")
    key_package = phone.key_package(connection=isinstance(command, FetchConnectionKeyPackages))
    bench.do(lambda context: key_packages.upload(phone.uri, [key_package], context))
    bench.do(lambda context: consent.note(BOB, ALICE, ConsentWord.granted, context))
    outgoing = write(guest, command)
    incoming = outgoing.endpoint.open(outgoing.wire_request)
    envelope = incoming.envelope
    assert (envelope.sender, envelope.recipient, envelope.operation) == ("b.example", "a.example", command.operation)
    assert outgoing.endpoint.head(outgoing.wire_request) == replace(envelope, rate_keys=("provider b.example",))
    assert incoming.signature is not None
    provider_keys.check_signature(incoming.signature, guest.do(provider_keys.published))
    assert outgoing.endpoint.read(bench.do(incoming.perform).reply) == HandedOut((key_package,))
    bench.refuses(Code.key_packages_exhausted, incoming.perform)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("field", ["sender", "recipient", "requester", "target"])
def test_everything_is_under_the_signature(guest: Bench, command: Any, field: str) -> None:
    outgoing = write(guest, command)
    request: Any = decode(outgoing.endpoint.request, outgoing.body)
    changes = {"sender": "c.example", "recipient": "c.example", "requester": "mimi://b.example/u/eve"}
    other: Any = changes.get(field, "mimi://a.example/u/eve")
    if field == "target" and isinstance(request, wire.GroupKeyPackageRequest):
        other = wire.UserTarget("mimi://a.example/u/eve")
    forged = encode(replace(request, signed=replace(request.signed, **{field: other})))
    incoming = outgoing.endpoint.open(replace(outgoing, body=forged).wire_request)
    assert incoming.signature is not None
    with pytest.raises(Refusal) as caught:
        provider_keys.check_signature(incoming.signature, guest.do(provider_keys.published))
    assert caught.value.code is Code.invalid_signature


@pytest.mark.parametrize(
    "command",
    [
        FetchConnectionKeyPackages("bob", ALICE),
        FetchConnectionKeyPackages(BOB, "alice"),
        FetchGroupKeyPackages("bob", ALICE),
        FetchGroupKeyPackages(BOB, PHONE),
        FetchGroupKeyPackages(BOB, (ALICE,)),
    ],
)
def test_names_have_their_forms(guest: Bench, command: Any) -> None:
    outgoing = write(guest, command)
    with pytest.raises(Refusal) as caught:
        outgoing.endpoint.open(outgoing.wire_request)
    assert caught.value.code is Code.malformed


def test_a_signature_for_one_endpoint_is_none_for_the_other(guest: Bench) -> None:
    outgoing = write(guest, COMMANDS[0])
    request = decode(wire.ConnectionKeyPackageRequest, outgoing.body)
    signed = request.signed
    target = wire.UserTarget(signed.target)
    moved = wire.GroupKeyPackageRequestTBS(1, signed.sender, signed.recipient, signed.requester, target)
    body = encode(wire.GroupKeyPackageRequest(moved, request.signature))
    incoming = DRAFT.named("group_key_packages").open(outgoing.endpoint.wire_request(body))
    assert incoming.signature is not None
    with pytest.raises(Refusal):
        provider_keys.check_signature(incoming.signature, guest.do(provider_keys.published))


def test_so_many_clients_and_no_more_can_be_asked_for() -> None:
    clients = tuple(f"mimi://a.example/d/alice/{number}" for number in range(MOST_TARGETS + 1))
    for named in (clients[1:], clients):
        asked = wire.GroupKeyPackageRequestTBS(1, "b.example", "a.example", BOB, wire.ClientsTarget(named))
        body = encode(wire.GroupKeyPackageRequest(asked, b""))
        endpoint = DRAFT.named("group_key_packages")
        if len(named) == MOST_TARGETS:
            endpoint.open(endpoint.wire_request(body))
        else:
            with pytest.raises(Refusal, match="KeyPackages of 4097 clients are asked for; 4096 are the most") as caught:
                endpoint.open(endpoint.wire_request(body))
            assert caught.value.code is Code.malformed
