"""DSRequest both ways: what a client writes, the provider opens, serves and answers, and the client reads."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.binding.group import MOST_IN_A_TREE, MOST_NODES
from simulator.drafts.mimi_transport_00.errors import succeed
from simulator.drafts.mimi_transport_00.messages import delivery as wire
from simulator.drafts.mimi_transport_00.messages import group_requests as bodies
from simulator.drafts.requests.endpoint import BadAnswer, Incoming, Outgoing
from simulator.mls.proposals.proposals import Add
from simulator.mls.tree.node import ParentNode
from simulator.services import commands
from simulator.services.asker import AsInvited, Asker, AsMember
from simulator.services.delivery.effects import FanOut
from simulator.services.delivery.outbox import keep
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Done, GroupSnapshot, JoinerTree, NewGroupId, Result
from simulator.services.signing import signer
from tests.breaking import breaks
from tests.services.bench import SUITE, Bench, Client, creation, new_group, update_of

DRAFT = DRAFTS[0]


def write(client: Client, command: commands.GroupCommand, auth: Asker) -> Outgoing:
    sign = signer(SUITE, client.identity.signature_private_key)
    return DRAFT.write(command, sender=client.provider, recipient="a.example", sign=sign, asker=auth)


def member(client: Client) -> Asker:
    return AsMember(client.group.own_index)


def opened(outgoing: Outgoing, **changes: Any) -> Incoming:
    """The request as it is opened, perhaps after somebody changed it on the way."""
    return outgoing.endpoint.open(
        replace(outgoing, body=encode(replace(decode(wire.DSRequest, outgoing.body), **changes))).wire_request
    )


def ask(bench: Bench, outgoing: Outgoing) -> Result:
    incoming = opened(outgoing)

    def do(context: Any) -> Any:
        answer = incoming.perform(context)
        keep(answer.effects, context)
        return answer.reply

    return outgoing.endpoint.read(bench.do(do))


def refused(bench: Bench, code: Code, outgoing: Outgoing, **changes: Any) -> Refusal:
    return bench.refuses(code, opened(outgoing, **changes).perform)


def test_a_conversation_over_the_wire(bench: Bench) -> None:
    alice, bob = bench.client("alice.phone@a"), bench.client("bob.phone@b")
    answer = ask(bench, write(alice, commands.RequestGroupId(), alice.auth))
    assert isinstance(answer, NewGroupId)
    alice.joined = new_group(bench, alice, name=answer.group_id.decode().rpartition("/")[2])
    assert ask(bench, write(alice, creation(alice).command, alice.auth)) == Done()
    bundle = alice.commit(Add(bob.key_package()))
    assert ask(bench, write(alice, commands.AddUsers(update_of(bundle), bundle.welcomes), member(alice))) == Done()
    alice.joined = bundle.next
    asked = commands.FetchTree(bundle.next.group_id, bundle.next.epoch)
    tree = ask(bench, write(bob, asked, AsInvited(bob.bundles[-1].reference)))
    assert tree == JoinerTree(bundle.next.public.ratchet_tree())
    snapshot = ask(bench, write(bob, commands.FetchJoinInfo(bundle.next.group_id), bob.auth))
    assert isinstance(snapshot, GroupSnapshot)
    assert snapshot.group_info.body == bundle.group_info
    message, alice.joined = alice.group.encrypt(b"hello", alice.rand)
    assert ask(bench, write(alice, commands.SendMessage(message), member(alice))) == Done()
    last = bench.store.outbox.first("b.example")
    assert last is not None


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b")


def hello(client: Client) -> Outgoing:
    return write(client, commands.SendMessage(client.group.encrypt(b"hello", client.rand)[0]), member(client))


def test_the_envelope_is_read_before_anything_else(alice: Client) -> None:
    envelope = opened(hello(alice)).envelope
    assert (envelope.operation, envelope.sender, envelope.recipient) == ("send_message", "a.example", "a.example")
    assert envelope.group == "mimi://a.example/g/1"
    assert envelope.rate_keys == ("member 0 of mimi://a.example/g/1",)
    assert opened(hello(alice)).signature is None


def test_rate_keys_are_those_the_draft_names(bench: Bench, alice: Client) -> None:
    group_id = alice.group.group_id
    for command, auth, keys in (
        (commands.RequestGroupId(), alice.auth, (f"client {alice.uri}",)),
        (commands.FetchJoinInfo(group_id), alice.auth, ("group mimi://a.example/g/1",)),
        (commands.FetchTree(group_id, 1), AsInvited(b"r"), ("group mimi://a.example/g/1",)),
        (commands.RequestGroupId(), AsInvited(b"r"), ()),
    ):
        assert opened(write(alice, command, auth)).envelope.rate_keys == keys


def test_effects_come_with_the_answer(bench: Bench, alice: Client) -> None:
    incoming = opened(hello(alice))
    answer = bench.do(incoming.perform)
    assert [type(effect) for effect in answer.effects] == [FanOut]


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": "c.example"},
        {"body": bodies.SendMessageRequest},
        {"auth": 1},
    ],
    ids=["recipient", "body", "sender index"],
)
def test_everything_is_under_the_signature(bench: Bench, alice: Client, changes: dict[str, Any]) -> None:
    outgoing = hello(alice)
    request = decode(wire.DSRequest, outgoing.body)
    if "body" in changes:
        other, _ = alice.group.encrypt(b"other", bench.rand)
        changes = {"body": bodies.SendMessageRequest(other)}
    if "auth" in changes:
        assert isinstance(request.auth, wire.ClientSignature)
        changes = {"auth": replace(request.auth, sender_index=1), "sender": "b.example"}
    refused(bench, Code.invalid_signature, outgoing, **changes)


@breaks("DS-REQUEST-AUTHENTICATED/CLIENT-OF-A-USER")
def test_the_credential_is_under_the_signature(bench: Bench, alice: Client) -> None:
    laptop = bench.client("alice.laptop@a")
    outgoing = write(alice, commands.FetchJoinInfo(alice.group.group_id), alice.auth)
    request = decode(wire.DSRequest, outgoing.body)
    assert isinstance(request.auth, wire.CredentialSignature)
    auth = replace(
        request.auth, credential=laptop.identity.credential, signature_key=laptop.identity.signature_public_key
    )
    refused(bench, Code.invalid_signature, outgoing, auth=auth)


@breaks("P-5-SIGNING-CLIENT/PROVIDER")
def test_a_rewritten_sender_speaks_for_nobody(bench: Bench, alice: Client) -> None:
    refused(bench, Code.not_authorized, hello(alice), sender="c.example")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (bodies.SignaturePublicKeyRequest(), "/verification_key"),
        (bodies.AddPackagesRequest(("x",)), "/group_key_packages"),
        (bodies.ConnectionAddPackagesRequest("x"), "/connection_key_packages"),
    ],
)
@breaks("P-4-UNSUPPORTED/ELSEWHERE")
def test_what_has_an_endpoint_of_its_own_is_not_done_here(bench: Bench, alice: Client, body: Any, says: str) -> None:
    outgoing = hello(alice)
    assert says in refused(bench, Code.unsupported_operation, outgoing, body=body).rule
    assert opened(outgoing, body=body, recipient="c.example").envelope.recipient == "c.example"


@pytest.mark.parametrize("auth", [wire.PseudonymousUserAuth(b"h", b"s"), wire.ConnectionToken(b"t")])
@breaks("P-4-UNSUPPORTED/OTHER-MODE")
def test_the_withdrawn_mode_is_unsupported(bench: Bench, alice: Client, auth: Any) -> None:
    assert "withdrawn" in refused(bench, Code.unsupported_operation, hello(alice), auth=auth).rule


@breaks("DS-REQUEST-AUTHENTICATED/PROOF")
def test_nothing_is_anonymous(bench: Bench, alice: Client) -> None:
    refused(bench, Code.not_authorized, hello(alice), auth=wire.Anonymous())
    unsigned = DRAFT.write(commands.RequestGroupId(), sender="a.example", recipient="a.example")
    refused(bench, Code.not_authorized, unsigned)


@pytest.mark.parametrize("name", ["group_operation", "welcome_information", "external_commit_information"])
@breaks("P-4-WRONG-ENDPOINT/GROUP")
def test_a_request_is_asked_at_its_endpoint(bench: Bench, alice: Client, name: str) -> None:
    endpoint = DRAFT.named(name)
    group_id = alice.group.group_id
    for outgoing in (
        hello(alice),
        write(alice, commands.FetchTree(group_id, 1), AsInvited(b"r")),
        write(alice, commands.FetchJoinInfo(group_id), alice.auth),
    ):
        if outgoing.endpoint is not endpoint:
            incoming = endpoint.open(outgoing.wire_request)
            rule = bench.refuses(Code.unsupported_operation, incoming.perform).rule
            assert rule == f"{outgoing.operation} is not asked at {endpoint.path}"
            assert incoming.envelope.operation == outgoing.operation


@breaks("P-2-400-VERSION")
def test_another_version_is_told_apart(alice: Client) -> None:
    with pytest.raises(Refusal) as caught:
        opened(hello(alice), version=2)
    assert caught.value.code is Code.unsupported_version


def test_an_answer_to_another_question_is_none() -> None:
    for name, body in (
        ("group_operation", wire.DSWelcomeInfo(())),
        ("welcome_information", wire.DSOk()),
        ("external_commit_information", wire.DSGroupID(b"g")),
    ):
        with pytest.raises(BadAnswer, match="nobody asked"):
            DRAFT.named(name).read(succeed(wire.DSResponse(1, body)))


@breaks("ANSWER-NODES")
def test_a_tree_has_no_more_nodes_than_can_be_hashed_soon() -> None:
    parent = ParentNode(b"", b"", ())
    endpoint = DRAFT.named("welcome_information")
    most = (*(None,) * (MOST_NODES - 1), parent)
    assert endpoint.read(succeed(wire.DSResponse(1, wire.DSWelcomeInfo(most)))) == JoinerTree(most)
    with pytest.raises(BadAnswer, match="a ratchet tree of 8192 nodes; 8191 are taken at most"):
        endpoint.read(succeed(wire.DSResponse(1, wire.DSWelcomeInfo((None, *most)))))


def test_a_tree_has_no_more_values_than_can_be_decoded_soon() -> None:
    endpoint = DRAFT.named("welcome_information")
    front = 5  # the answer, its arm, and an item, a node and a struct around the leaves
    for count in (MOST_IN_A_TREE - front, MOST_IN_A_TREE):
        crowded = (ParentNode(b"", b"", (1,) * count),)
        answer = succeed(wire.DSResponse(1, wire.DSWelcomeInfo(crowded)))
        if count < MOST_IN_A_TREE:
            assert endpoint.read(answer) == JoinerTree(crowded)
        else:
            with pytest.raises(BadAnswer, match="more values than are taken"):
                endpoint.read(answer)
