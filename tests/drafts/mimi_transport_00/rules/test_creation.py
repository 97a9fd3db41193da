"""request_group_id and create_group."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_00 import extensions
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.mls.crypto import cipher_suite
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalSenderEntry, ExternalSenders
from simulator.mls.framing.message import mls_message
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.proposals.proposals import Add, ReInit
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services import provider_keys
from simulator.services.commands import AddClients, ReInitializeGroup, RequestGroupId
from simulator.services.names import group, group_provider
from simulator.services.refusal import Code
from simulator.services.results import Done, NewGroupId
from tests.breaking import breaks
from tests.services.bench import (
    LIFETIME,
    NOW,
    SUITE,
    VERSION,
    Bench,
    Client,
    as_client,
    as_member,
    creation,
    new_group,
    update_of,
)


@pytest.fixture
def alice(bench: Bench) -> Client:
    client = bench.client("alice.phone@a")
    client.joined = new_group(bench, client)
    return client


def test_group_ids_are_ours_and_differ(bench: Bench, alice: Client) -> None:
    answers = [bench.serve(as_client(alice, RequestGroupId()))[0] for _ in range(2)]
    ids = {answer.group_id for answer in answers if isinstance(answer, NewGroupId)}
    assert len(ids) == 2
    assert {group_provider(group_id) for group_id in ids} == {"a.example"}


def test_a_new_group_is_kept_with_its_group_info(bench: Bench, alice: Client) -> None:
    assert bench.serve(creation(alice)) == (Done(), ())
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    assert record.public.to_bytes() == alice.group.public.to_bytes()
    assert isinstance(record.group_info.body, GroupInfo)
    assert GroupFacts.of(record) == GroupFacts(VERSION, 0)


def test_a_connection_group_is_known_by_its_creators_leaf(bench: Bench, alice: Client) -> None:
    alice.joined = new_group(bench, alice, connection=True)
    bench.serve(creation(alice))
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    assert GroupFacts.of(record).is_connection


@pytest.mark.parametrize(
    ("group_id", "says", "rule"),
    [
        (b"", "no group URI", "DS-CREATE-GROUP-VALIDATION-1/NAME"),
        (b"\xff", "not ASCII", "DS-CREATE-GROUP-VALIDATION-1/NAME"),
        (b"mimi://b.example/g/1", "belongs to b.example", "DS-CREATE-GROUP-VALIDATION-1/OWNER"),
        (b"mimi://a.example/u/alice", "no group URI", "DS-CREATE-GROUP-VALIDATION-1/NAME"),
    ],
)
def test_the_id_is_one_of_ours(bench: Bench, alice: Client, group_id: bytes, says: str, rule: str) -> None:
    with breaks(rule):
        assert says in bench.refused(Code.invalid_group_id, creation(alice, group_id=group_id)).rule


@breaks("DS-CREATE-GROUP-VALIDATION-1/FREE")
def test_an_id_is_used_once(bench: Bench, alice: Client) -> None:
    bench.serve(creation(alice))
    assert "is, or was" in bench.refused(Code.invalid_group_id, creation(alice)).rule


def test_the_message_is_a_group_info_of_this_group(bench: Bench, alice: Client) -> None:
    commit = mls_message(alice.commit().message.body)
    with breaks("DS-CREATE-GROUP-VALIDATION-3/FORM"):
        assert "no GroupInfo" in bench.refused(Code.invalid_group_info, creation(alice, group_info=commit)).rule
    other = creation(alice, group_id=group("a.example", "2"))
    with breaks("DS-CREATE-GROUP-VALIDATION-3/GROUP-ID"):
        assert "of another group" in bench.refused(Code.invalid_group_info, other).rule


@breaks("DS-CREATE-GROUP-VALIDATION-3/EPOCH")
def test_a_new_group_is_at_epoch_0(bench: Bench, alice: Client) -> None:
    alice.joined = alice.commit().next
    assert "epoch 0, this one at 1" in bench.refused(Code.invalid_group_info, creation(alice)).rule


@breaks("DS-CREATE-GROUP-VALIDATION-3/CIPHER-SUITE")
def test_the_cipher_suite_is_one_the_provider_can_sign_for(bench: Bench, alice: Client) -> None:
    bench.policy = replace(bench.policy, cipher_suites=(3,))
    assert "cipher suite 1" in bench.refused(Code.invalid_group_info, creation(alice)).rule


@breaks("P-4-CREATOR/LEAF")
def test_the_signer_is_the_member(bench: Bench, alice: Client) -> None:
    laptop = bench.client("alice.laptop@a")
    laptop.joined = alice.group
    assert "another key" in bench.refused(Code.not_authorized, creation(laptop)).rule


@breaks("DS-CREATE-GROUP-VALIDATION-2")
def test_the_leaf_is_valid_now(bench: Bench, alice: Client) -> None:
    alice.joined = new_group(bench, alice, lifetime=Lifetime(NOW - 100, NOW - 50))
    assert "valid until" in bench.refused(Code.invalid_leaf_node, creation(alice)).rule


def test_the_leaf_is_the_one_of_the_tree(bench: Bench, alice: Client) -> None:
    leaf = alice.group.public.members()[0].leaf_node
    other = replace(leaf, encryption_key=alice.key_package().leaf_node.encryption_key)
    assert "ratchet tree" in bench.refused(Code.invalid_group_info, creation(alice, leaf_node=other)).rule


def test_the_leaf_speaks_the_version(bench: Bench, alice: Client) -> None:
    alice.joined = new_group(bench, alice, leaf_extensions=())
    assert "mimi_ds_versions" in bench.refused(Code.invalid_leaf_node, creation(alice)).rule


@breaks("DS-CREATE-GROUP-VALIDATION-3/VALID")
def test_a_forged_group_info_is_refused(bench: Bench, alice: Client) -> None:
    forged = mls_message(replace(alice.group.group_info(), signature=bytes(64)))
    assert "signature" in bench.refused(Code.invalid_group_info, creation(alice, group_info=forged)).rule


@breaks("DS-LIFECYCLE-VERSION/CREATED")
def test_the_version_is_the_requests(bench: Bench, alice: Client) -> None:
    key = bench.do(provider_keys.own_key).public_key
    for version, says in ((2, "is 2"), (None, "is None")):
        context = extensions.context_extensions(version or 0, "a.example", key)
        alice.joined = new_group(bench, alice, extensions=context if version else context[1:])
        assert says in bench.refused(Code.invalid_group_info, creation(alice)).rule


def senders(*entries: tuple[str, bytes]) -> tuple[Extension, ...]:
    listed = tuple(ExternalSenderEntry(key, BasicCredential(name.encode())) for name, key in entries)
    return (Extension(ExtensionType.external_senders, encode(ExternalSenders(listed))),)


@breaks("DS-PROPOSALS-EXTERNAL-SENDERS/CREATED")
def test_the_provider_can_propose(bench: Bench, alice: Client) -> None:
    key = bench.do(provider_keys.own_key).public_key
    version = extensions.context_extensions(VERSION, "a.example", key)[:1]
    for lacking in ((), senders(), senders(("a.example", bytes(32))), senders(("b.example", key))):
        alice.joined = new_group(bench, alice, extensions=(*version, *lacking))
        assert "external_senders" in bench.refused(Code.invalid_group_info, creation(alice)).rule
    alice.joined = new_group(bench, alice, extensions=(*version, *senders(("other", bytes(32)), ("a.example", key))))
    bench.serve(creation(alice))


@breaks("DS-CREATE-GROUP-VALIDATION-3/EXTERNAL-PUB")
def test_others_can_join_from_outside(bench: Bench, alice: Client) -> None:
    closed = mls_message(alice.group.group_info(()))
    assert "external_pub" in bench.refused(Code.invalid_group_info, creation(alice, group_info=closed)).rule


def test_the_creators_name_is_a_clients(bench: Bench, alice: Client) -> None:
    for name in (b"alice", b"\xff"):
        identity = replace(alice.identity, credential=BasicCredential(name))
        made = Group.create(identity, SUITE, group("a.example", "2"), alice.rand, Lifetime(NOW, NOW + 100))
        request = creation(replace(alice, joined=made, identity=identity))
        assert "client URI" in bench.refused(Code.not_authorized, request).rule


def announced(bench: Bench) -> ReInit:
    """The successor in favour of which a group of alice, her laptop and bob has ended."""
    alice, laptop = bench.found("alice.phone@a", "bob.phone@b"), bench.client("alice.laptop@a")
    bundle = alice.commit(Add(laptop.key_package()))
    bench.serve(as_member(alice, AddClients(update_of(bundle), bundle.welcomes)))
    alice.joined = bundle.next
    reinit = ReInit(group("a.example", "2"), 1, SUITE.value, alice.group.public.context.extensions)
    bench.serve(as_member(alice, ReInitializeGroup(update_of(alice.commit(reinit)))))
    return reinit


def test_an_announced_id_is_kept_for_the_members_of_the_group_that_ended(bench: Bench) -> None:
    announced(bench)
    for name in ("dave.phone@a", "alice.tablet@a"):
        outsider = bench.client(name)
        outsider.joined = new_group(bench, outsider, name="2")
        with breaks("P-4-SUCCESSOR/CREATOR"):
            assert "ReInit has announced" in bench.refused(Code.invalid_group_id, creation(outsider)).rule
    laptop = bench.client("alice.laptop@a")
    laptop.joined = new_group(bench, laptop, name="2")
    bench.serve(creation(laptop))
    assert "is, or was" in bench.refused(Code.invalid_group_id, creation(laptop)).rule


@breaks("P-4-SUCCESSOR/ANNOUNCED")
def test_a_successor_is_what_was_announced(bench: Bench) -> None:
    """Members would not go into another one (RFC 9420 11.2), and its id would be gone."""
    reinit, alice = announced(bench), bench.client("alice.phone@a")
    more = (*reinit.extensions, Extension(ExtensionType.required_capabilities, bytes(3)))
    alice.joined = new_group(bench, alice, name="2", extensions=more)
    assert "than its ReInit" in bench.refused(Code.invalid_group_info, creation(alice)).rule
    alice.joined = Group.create(
        alice.identity,
        cipher_suite(3),
        reinit.group_id,
        alice.rand,
        LIFETIME,
        extensions=reinit.extensions,
        leaf_extensions=extensions.leaf_extensions((VERSION,)),
    )
    assert "than its ReInit" in bench.refused(Code.invalid_group_info, creation(alice)).rule
