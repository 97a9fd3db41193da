"""KeyPackages, both ways."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.binding.key_packages import MOST_TARGETS
from simulator.drafts.mimi_transport_00.messages import key_packages as wire
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.drafts.requests.endpoint import Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.services import provider_keys
from simulator.services.accounts import consent, key_packages
from simulator.services.commands import FetchKeyPackages, SayConsent
from simulator.services.refusal import Code, Refusal
from simulator.services.results import HandedOut
from simulator.storage import ConsentWord
from tests.breaking import breaks
from tests.services.bench import Bench

DRAFT = DRAFTS[0]
ALICE, PHONE, BOB = "mimi://a.example/u/alice", "mimi://a.example/d/alice/phone", "mimi://b.example/u/bob"
COMMANDS = (
    FetchKeyPackages(BOB, ALICE, CONNECTION),
    FetchKeyPackages(BOB, ALICE, REGULAR),
    FetchKeyPackages(BOB, (PHONE,), REGULAR),
)


def write(guest: Bench, command: FetchKeyPackages) -> Outgoing:
    return DRAFT.write_fetch(command, Requester("b.example", guest.do(provider_keys.sign_as_provider)))


@pytest.fixture
def guest() -> Iterator[Bench]:
    with closing(Bench(provider="b.example")) as made:
        yield made


@pytest.mark.parametrize("command", COMMANDS)
def test_key_packages_are_fetched(bench: Bench, guest: Bench, command: Any) -> None:
    phone = bench.client("alice.phone@a")
    key_package = phone.key_package(connection=command.kind == CONNECTION)
    bench.do(lambda context: key_packages.upload(phone.uri, [key_package], context))
    bench.do(lambda context: consent.note(SayConsent(BOB, ALICE, ConsentWord.granted), context))
    outgoing = write(guest, command)
    incoming = outgoing.endpoint.open(outgoing.wire_request)
    envelope = incoming.envelope
    assert (envelope.sender, envelope.recipient, envelope.operation) == ("b.example", "a.example", outgoing.operation)
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
        FetchKeyPackages("bob", ALICE, CONNECTION),
        FetchKeyPackages("bob", ALICE, REGULAR),
    ],
)
def test_names_have_their_forms(guest: Bench, command: Any) -> None:
    outgoing = write(guest, command)
    with pytest.raises(Refusal) as caught:
        outgoing.endpoint.open(outgoing.wire_request)
    assert caught.value.code is Code.malformed


@pytest.mark.parametrize("index", range(3))
def test_targets_have_their_forms(guest: Bench, index: int) -> None:
    outgoing = write(guest, COMMANDS[index])
    request: Any = decode(outgoing.endpoint.request, outgoing.body)
    target: Any = ("alice", wire.UserTarget(PHONE), wire.ClientsTarget((ALICE,)))[index]
    bad = encode(replace(request, signed=replace(request.signed, target=target)))
    with pytest.raises(Refusal) as caught:
        outgoing.endpoint.open(replace(outgoing, body=bad).wire_request)
    assert caught.value.code is Code.malformed


def test_who_asks_is_a_provider_that_signs() -> None:
    for command in COMMANDS:
        with pytest.raises(ValueError, match="has to be signed by the provider"):
            DRAFT.write_fetch(command, Requester("b.example"))


def test_a_connection_is_asked_for_with_a_user(guest: Bench) -> None:
    with pytest.raises(TypeError, match="not with single clients"):
        write(guest, FetchKeyPackages(BOB, (PHONE,), CONNECTION))


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


@breaks("T-GROUP-KEY-PACKAGES-CLIENTS/FEW")
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
