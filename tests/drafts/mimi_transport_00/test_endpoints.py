"""The table of endpoints, and where each command goes."""

import dataclasses
from typing import get_args

import pytest

from simulator.codec import decode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.endpoints import (
    ENDPOINTS,
    PROVIDER_KEYS,
    write,
    write_delivery,
    write_fetch,
)
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType
from simulator.drafts.mimi_transport_00.rules.deliveries import delivery
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.drafts.requests.endpoint import Endpoint, Place
from simulator.drafts.requests.requester import Requester
from simulator.services import commands
from simulator.services.commands import GroupCommand
from tests.services.bench import Bench, creation, new_group, update_of

TABLE = [
    "GET",
    "/.well-known/mimi/ds-domain",
    "-",
    "-",
    "POST",
    "/group_operation",
    "DSRequest",
    "DSResponse",
    "GET",
    "/welcome_information",
    "DSRequest",
    "DSResponse",
    "GET",
    "/external_commit_information",
    "DSRequest",
    "DSResponse",
    "GET",
    "/verification_key",
    "VerificationKeyRequest",
    "VerificationKeyResponse",
    "POST",
    "/connection_request",
    "QueueingServiceRequest",
    "QueueingServiceResponse",
    "POST",
    "/deliver_message",
    "QueueingServiceRequest",
    "QueueingServiceResponse",
    "POST",
    "/connection_key_packages",
    "ConnectionKeyPackageRequest",
    "ConnectionKeyPackageResponse",
    "POST",
    "/group_key_packages",
    "GroupKeyPackageRequest",
    "GroupKeyPackageResponse",
]


def test_the_endpoints_are_those_of_the_draft() -> None:
    rows = [tuple(TABLE[i : i + 4]) for i in range(0, len(TABLE), 4)]
    assert rows == [(row.method, row.path, name(row.request), name(row.response)) for row in ENDPOINTS]


def name(struct: type | None) -> str:
    return "-" if struct is None else struct.__name__


def test_only_discovery_is_served_by_the_providers_own_domain() -> None:
    draft = DRAFTS[0]
    assert [row for row in ENDPOINTS if row.place is Place.own_domain] == [draft.discovery.endpoint]
    assert draft.discovery.endpoint.media_type == "text/plain; charset=us-ascii"
    assert {row.media_type for row in ENDPOINTS if row.request} == {"application/octet-stream"}


def test_every_command_has_its_endpoint(bench: Bench) -> None:
    alice = bench.client("alice.phone@a")
    alice.joined = new_group(bench, alice)
    bundle = alice.commit(force_path=True)
    made = {"update": update_of(bundle), "welcomes": (), "more": (), "group_id": b"g", "epoch": 1, "seal_to": None}
    special = {
        commands.FetchTree: "/welcome_information",
        commands.FetchJoinInfo: "/external_commit_information",
    }
    for command_type in set(get_args(GroupCommand)) - {commands.ChangeGroup, commands.Report}:
        names = [field.name for field in dataclasses.fields(command_type)]
        fields = {field: made.get(field, bundle.message) for field in names}
        command = creation(alice).command if command_type is commands.CreateGroup else command_type(**fields)
        outgoing = write(command, sender="b.example", recipient="a.example")
        assert outgoing.endpoint.path == special.get(command_type, "/group_operation")
        assert outgoing.operation == command_type.operation
        check(outgoing.endpoint, outgoing.body)
    message = alice.group.encrypt(b"", alice.rand)[0]
    outgoing = PROVIDER_KEYS.write("b.example", "a.example")
    assert (outgoing.endpoint.path, outgoing.operation) == ("/verification_key", "verification_key")
    check(outgoing.endpoint, outgoing.body)
    for request_type, path in (
        (QSRequestType.qs_deliver_message, "/deliver_message"),
        (QSRequestType.qs_connection_request, "/connection_request"),
    ):
        due = delivery(request_type, b"g", (), message)
        outgoing = write_delivery(due, sender="b.example", recipient="a.example", sign=lambda label, content: b"")
        assert (outgoing.endpoint.path, outgoing.operation) == (path, due.operation)
        check(outgoing.endpoint, outgoing.body)


def check(endpoint: Endpoint, body: bytes) -> None:
    assert endpoint.request is not None
    decode(endpoint.request, body)


def test_no_delivery_goes_out_unsigned(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    due = delivery(QSRequestType.qs_deliver_message, b"g", (), alice.group.encrypt(b"", alice.rand)[0])
    with pytest.raises(ValueError, match="deliver_message has to be signed by the provider that sends it"):
        write_delivery(due, sender="a.example", recipient="b.example", sign=None)


@pytest.mark.parametrize(
    ("target", "kind", "recipient", "path"),
    [
        ("mimi://a.example/u/alice", CONNECTION, "a.example", "/connection_key_packages"),
        ("mimi://b.example/u/bob", REGULAR, "b.example", "/group_key_packages"),
        (("mimi://c.example/d/carol/phone",), REGULAR, "c.example", "/group_key_packages"),
    ],
)
def test_key_packages_are_fetched_from_the_target_s_provider(
    target: str | tuple[str, ...], kind: str, recipient: str, path: str
) -> None:
    command = commands.FetchKeyPackages("mimi://z.example/u/zoe", target, kind, "mimi://z.example/g/1")
    outgoing = write_fetch(command, Requester("z.example", lambda label, content: b""))
    assert (outgoing.recipient, outgoing.endpoint.path, outgoing.operation) == (recipient, path, path[1:])
    check(outgoing.endpoint, outgoing.body)
