"""Who asks: every way in which a request can be signed, and every way in which that can fail."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.framing.message import mls_message
from simulator.mls.tree.credential import X509Credential
from simulator.services.asker import AsClient, AsInvited, AsMember
from simulator.services.commands import (
    FetchJoinInfo,
    FetchTree,
    RequestGroupId,
    SendMessage,
)
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import Bench, Client, as_client, as_member, new_group, request


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")


def message(client: Client) -> SendMessage:
    return SendMessage(client.group.encrypt(b"hello", client.rand)[0])


def forged(honest: GroupRequest) -> GroupRequest:
    assert honest.signature is not None
    return replace(honest, signature=replace(honest.signature, value=bytes(64)))


def test_nobody_is_served_anonymously_or_with_the_wrong_proof(bench: Bench, alice: Client) -> None:
    group_id = alice.group.group_id
    reference = AsInvited(bytes(32))
    cases = [
        (RequestGroupId(), AsMember(0), "credential_signature"),
        (FetchJoinInfo(group_id), reference, "credential_signature"),
        (FetchTree(group_id, 1), alice.auth, "key_package_signature"),
        (message(alice), alice.auth, "client_signature"),
    ]
    for command, auth, wanted in cases:
        assert wanted in bench.refused(Code.not_authorized, request(alice, command, auth)).rule
        assert wanted in bench.refused(Code.not_authorized, request(alice, command, None)).rule
        unsigned = replace(request(alice, command, None), asker=auth)
        bench.refused(Code.not_authorized, unsigned)


@breaks("P-4-UNKNOWN-GROUP")
def test_an_unknown_group(bench: Bench, alice: Client) -> None:
    outsider = bench.client("dave.phone@a")
    outsider.joined = new_group(bench, outsider, name="elsewhere")
    assert "a.example/g/elsewhere" in bench.refused(Code.unknown_group, as_member(outsider, message(outsider))).rule


@breaks("DS-REQUEST-GROUP")
def test_a_message_of_no_group(bench: Bench, alice: Client) -> None:
    command = SendMessage(mls_message(alice.key_package()))
    assert "no group" in bench.refused(Code.malformed, as_member(alice, command)).rule


@breaks("DS-REQUEST-CLIENT-SIGNATURE/LEAF")
def test_a_blank_leaf_signs_nothing(bench: Bench, alice: Client) -> None:
    bench.refused(Code.not_a_member, as_member(alice, message(alice), leaf_index=3))
    bench.refused(Code.not_a_member, as_member(alice, message(alice), leaf_index=2**32 - 1))


def test_another_members_leaf(bench: Bench, alice: Client) -> None:
    bench.refused(Code.not_authorized, as_member(alice, message(alice), leaf_index=1))
    impostor = replace(as_member(alice, message(alice), leaf_index=1), sender="b.example")
    assert "leaf 1, mimi://b.example/d/bob/phone" in bench.refused(Code.invalid_signature, impostor).rule


@pytest.mark.parametrize("sender", ["a.example", "c.example"])
def test_only_its_own_provider_speaks_for_a_member(bench: Bench, alice: Client, sender: str) -> None:
    bob = bench.client("bob.phone@b")
    rule = bench.refused(Code.not_authorized, replace(as_member(bob, message(bob)), sender=sender)).rule
    assert rule.startswith(f"{sender} can't speak for mimi://b.example/d/bob/phone")


def test_forged_signatures(bench: Bench, alice: Client) -> None:
    group_id = alice.group.group_id
    with breaks("DS-REQUEST-AUTHENTICATED/OWN-CLIENT"):
        bench.refused(Code.invalid_signature, forged(as_client(alice, RequestGroupId())))
    bench.refused(Code.invalid_signature, forged(as_client(alice, FetchJoinInfo(group_id))))
    with breaks("DS-REQUEST-CLIENT-SIGNATURE/SIGNATURE"):
        bench.refused(Code.invalid_signature, forged(as_member(alice, message(alice))))


def test_a_group_id_is_for_own_clients(bench: Bench, alice: Client) -> None:
    bob = bench.client("bob.phone@b")
    with breaks("P-4-CREATOR/CLIENT"):
        assert "not a client of a.example" in bench.refused(Code.not_authorized, as_client(bob, RequestGroupId())).rule
    bench.refused(Code.not_authorized, replace(as_client(bob, RequestGroupId()), sender="a.example"))


@pytest.mark.parametrize("command", [RequestGroupId(), None])
def test_an_own_client_is_known_by_its_keys(bench: Bench, alice: Client, command: RequestGroupId | None) -> None:
    impostor = Client.of(alice.uri)
    impostor.identity = bench.client("dave.phone@a").identity
    auth = AsClient(impostor.identity.signature_public_key, alice.identity.credential)
    asked = command or FetchJoinInfo(alice.group.group_id)
    assert "has registered" in bench.refused(Code.invalid_signature, request(impostor, asked, auth)).rule


@breaks("P-5-SIGNING-CLIENT/CREDENTIAL")
def test_a_credential_names_a_client(bench: Bench, alice: Client) -> None:
    auth = AsClient(alice.identity.signature_public_key, X509Credential(()))
    assert "BasicCredential" in bench.refused(Code.not_authorized, request(alice, RequestGroupId(), auth)).rule


def test_external_commit_info_is_for_users_in_the_group(bench: Bench, alice: Client) -> None:
    asked = FetchJoinInfo(alice.group.group_id)
    for outsider in ("dave.phone@a", "erin.phone@b"):
        assert (
            "no user in the group" in bench.refused(Code.not_authorized, as_client(bench.client(outsider), asked)).rule
        )
    laptop = bench.client("bob.laptop@b")
    bench.serve(as_client(laptop, asked))
    bench.refused(Code.not_authorized, replace(as_client(laptop, asked), sender="c.example"))


def test_welcome_info_is_for_who_was_added(bench: Bench, alice: Client) -> None:
    group_id, epoch = alice.group.group_id, alice.group.epoch
    bob, carol = bench.client("bob.phone@b"), bench.client("carol.phone@c")
    reference = AsInvited(bob.bundles[-1].reference)
    bench.serve(request(bob, FetchTree(group_id, epoch), reference))
    with breaks("DS-REQUEST-AUTHENTICATED/INVITED"):
        bench.refused(Code.invalid_signature, request(carol, FetchTree(group_id, epoch), reference, sender="b.example"))
    bench.refused(Code.not_authorized, request(carol, FetchTree(group_id, epoch), reference))
    for other in (epoch - 1, 2**64 - 1):
        bench.refused(Code.not_authorized, request(bob, FetchTree(group_id, other), reference))
    bench.refused(Code.not_authorized, request(bob, FetchTree(group_id, epoch), AsInvited(bytes(32))))
