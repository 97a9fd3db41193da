"""update_client and re_initialize_group."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_00 import extensions
from simulator.mls.commits.commit import Commit, ProposalByValue
from simulator.mls.extensions.extension import Extension, ExtensionType, RequiredCapabilities
from simulator.mls.framing.authentication import sign_content
from simulator.mls.framing.framing import PublicMessage, WireFormat
from simulator.mls.framing.message import mls_message
from simulator.mls.key_schedule.psk import PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.proposals import Add, PreSharedKey, ReInit, Remove
from simulator.services import provider_keys
from simulator.services.commands import AddUsers, ReInitializeGroup, RemoveUsers, SendMessage, UpdateClient
from simulator.services.names import group
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import VERSION, Bench, Client, as_member, creation, new_group, recipients, update_of


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")


def successor(bench: Bench, **changes: object) -> ReInit:
    key = bench.do(provider_keys.own_key).public_key
    context = extensions.context_extensions(VERSION, "a.example", key)
    return replace(ReInit(group("a.example", "2"), 1, 1, context), **changes)


def reinitializing(client: Client, reinit: ReInit) -> ReInitializeGroup:
    return ReInitializeGroup(update_of(client.commit(reinit)))


def test_a_leaf_is_renewed(bench: Bench, alice: Client) -> None:
    before = alice.group.public.members()[0].leaf_node.encryption_key
    bench.serve(as_member(alice, UpdateClient(update_of(alice.commit(force_path=True)))))
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    assert record.public.members()[0].leaf_node.encryption_key != before


@breaks("DS-UPDATE-CLIENT-VALIDATION-1/CONTENTS")
def test_updating_is_only_updating(bench: Bench, alice: Client) -> None:
    request = as_member(alice, UpdateClient(update_of(alice.commit(Remove(1)))))
    assert "kind Remove" in bench.refused(Code.invalid_commit, request).rule


def test_a_group_ends_in_favour_of_another(bench: Bench, alice: Client) -> None:
    message, _ = alice.group.encrypt(b"too late", alice.rand)
    bundle = alice.commit(successor(bench))
    _, effects = bench.serve(as_member(alice, ReInitializeGroup(update_of(bundle))))
    assert set(recipients(effects, bundle.message)) == {"b.example", "c.example"}
    bench.refused(Code.wrong_epoch, as_member(alice, SendMessage(message)))
    body = replace(message.body, epoch=bundle.next.epoch)
    late = replace(message, body=body)
    with breaks("DS-REINITIALIZE"):
        assert "ended" in bench.refused(Code.not_authorized, as_member(alice, SendMessage(late))).rule


def test_a_commit_after_the_end(bench: Bench, alice: Client) -> None:
    bob = bench.client("bob.phone@b")
    bench.serve(as_member(alice, reinitializing(alice, successor(bench))))
    bob.joined = bob.commit(force_path=True).next
    bundle = bob.commit(force_path=True)
    assert (
        "ReInit has ended" in bench.refused(Code.invalid_commit, as_member(bob, UpdateClient(update_of(bundle)))).rule
    )


@breaks("DS-REINITIALIZE-VALIDATION-1/REINIT")
def test_reinitializing_holds_a_reinit(bench: Bench, alice: Client) -> None:
    request = as_member(alice, ReInitializeGroup(update_of(alice.commit(force_path=True))))
    assert "no ReInit" in bench.refused(Code.invalid_commit, request).rule


def test_the_successor_is_a_group_of_ours(bench: Bench, alice: Client) -> None:
    key = bench.do(provider_keys.own_key).public_key
    for changes, says, rule in (
        ({"group_id": b"2"}, "no group URI", "DS-REINITIALIZE-VALIDATION-2/NAME"),
        ({"group_id": group("b.example", "2")}, "owned by b.example", "DS-REINITIALIZE-VALIDATION-2/OWNER"),
        ({"group_id": alice.group.group_id}, "is, or was", "P-4-SUCCESSOR/FREE-ID"),
        ({"cipher_suite": 2}, "cipher suite 2", "P-4-SUCCESSOR/CIPHER-SUITE"),
        ({"extensions": ()}, "version 0", "DS-REINITIALIZE-VALIDATION-2/VERSION"),
        (
            {"extensions": extensions.context_extensions(0, "a.example", key)},
            "version 0",
            "DS-REINITIALIZE-VALIDATION-2/VERSION",
        ),
        (
            {"extensions": extensions.context_extensions(2, "a.example", key)},
            "version 2 and MLS version 1",
            "P-4-SUCCESSOR/VERSION",
        ),
        ({"version": 2}, "version 1 and MLS version 2", "P-4-SUCCESSOR/VERSION"),
        (
            {"extensions": extensions.context_extensions(VERSION, "a.example", bytes(32))},
            "external_senders",
            "DS-PROPOSALS-EXTERNAL-SENDERS/ANNOUNCED",
        ),
    ):
        request = as_member(alice, reinitializing(alice, successor(bench, **changes)))
        with breaks(rule):
            assert says in bench.refused(Code.invalid_proposal, request).rule


@breaks("DS-REINITIALIZE-VALIDATION-1/CONTENTS")
def test_a_group_is_ended_by_nothing_else_than_a_reinit(bench: Bench, alice: Client) -> None:
    request = as_member(alice, ReInitializeGroup(update_of(alice.commit(Remove(1)))))
    assert "kind Remove" in bench.refused(Code.invalid_commit, request).rule


def test_the_successors_extensions_are_such_that_a_group_can_have_them(bench: Bench, alice: Client) -> None:
    """RFC 9420 13.4, as create_group checks it: each of these would end the group in favour of an impossible one."""
    context = successor(bench).extensions
    for wrong, says in (
        ((*context, context[0]), "occurs twice"),
        ((*context, Extension(0xF0F0, b""), Extension(0xF0F0, b"2")), "occurs twice"),
        ((*context, Extension(ExtensionType.ratchet_tree, b"")), "ratchet_tree does not belong"),
        ((*context, Extension(ExtensionType.external_pub, b"")), "external_pub does not belong"),
        ((*context, Extension(ExtensionType.required_capabilities, b"\x07")), "extension required_capabilities"),
    ):
        request = as_member(alice, raw_reinitializing(alice, successor(bench, extensions=wrong)))
        assert says in bench.refused(Code.invalid_proposal, request).rule


def test_somebody_supports_the_successors_extensions(bench: Bench, alice: Client) -> None:
    context = successor(bench).extensions
    required = encode(RequiredCapabilities((0xF0FF,), (), ()))
    for unsupported in (Extension(0xF0F0, b""), Extension(ExtensionType.required_capabilities, required)):
        request = as_member(alice, reinitializing(alice, successor(bench, extensions=(*context, unsupported))))
        assert "nobody could create it" in bench.refused(Code.invalid_proposal, request).rule


def raw_reinitializing(client: Client, reinit: ReInit) -> ReInitializeGroup:
    """What a member sends who does not check what it proposes: `reinit` takes the place of a sound one."""
    group = client.group
    sound = replace(reinit, extensions=group.public.context.extensions)
    bundle = client.commit(sound)
    public = bundle.message.body
    assert isinstance(public, PublicMessage)
    framed = replace(public.content, content=Commit((ProposalByValue(reinit),), None))
    context, suite = group.public.context, group.public.suite
    key = client.identity.signature_private_key
    signature = sign_content(suite, key, WireFormat.mls_public_message, framed, context)
    message = mls_message(replace(public, content=framed, signature=signature))
    return ReInitializeGroup(replace(update_of(bundle), commit=message))


def test_somebody_could_create_the_successor(bench: Bench, alice: Client) -> None:
    """A group of ours is created by a client of ours: without one in it, it would end in favour of nothing."""
    bob = bench.client("bob.phone@b")
    bundle = bob.commit(Remove(alice.group.own_index))
    bench.serve(as_member(bob, RemoveUsers(update_of(bundle))))
    bob.joined = bundle.next
    request = as_member(bob, reinitializing(bob, successor(bench)))
    assert "nobody could create it" in bench.refused(Code.invalid_proposal, request).rule


@breaks("P-4-SUCCESSOR/POSSIBLE-CREATOR")
def test_nor_one_whose_account_has_ended(bench: Bench, alice: Client) -> None:
    bench.do(lambda context: context.store.users.remove_client(alice.uri))
    bob = bench.client("bob.phone@b")
    request = as_member(bob, reinitializing(bob, successor(bench)))
    assert "nobody could create it" in bench.refused(Code.invalid_proposal, request).rule


@breaks("P-4-SUCCESSOR/ONE-PREDECESSOR")
def test_two_groups_do_not_end_in_favour_of_one(bench: Bench, alice: Client) -> None:
    bench.serve(as_member(alice, reinitializing(alice, successor(bench))))
    dave = bench.client("dave.phone@a")
    dave.joined = new_group(bench, dave, name="3")
    bench.serve(creation(dave))
    request = as_member(dave, reinitializing(dave, successor(bench)))
    assert "in favour of this id already" in bench.refused(Code.invalid_proposal, request).rule


def test_everybody_comes_back_in_the_successor(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    laptop, bob = bench.client("alice.laptop@a"), bench.client("bob.phone@b")
    old = alice.group.group_id
    bundle = alice.commit(successor(bench))
    bench.serve(as_member(alice, ReInitializeGroup(update_of(bundle))))
    ended = bundle.next
    alice.joined = new_group(bench, alice, name="2")
    bench.serve(creation(alice))
    psks = PSKStore(resumption=ended.resumption_psks)

    def coming_back(usage: ResumptionPSKUsage, group_id: bytes, epoch: int) -> AddUsers:
        psk = PreSharedKeyID(ResumptionPSK(usage, group_id, epoch), bytes(32))
        store = PSKStore(resumption={**psks.resumption, (group_id, epoch): bytes(32)})
        adds = [Add(client.key_package()) for client in (bob, laptop)]
        bundle = alice.commit(*adds, PreSharedKey(psk), psks=store)
        return AddUsers(update_of(bundle), bundle.welcomes)

    elsewhere = coming_back(ResumptionPSKUsage.reinit, group("a.example", "3"), 1)
    assert "was not re-initialized" in bench.refused(Code.invalid_commit, as_member(alice, elsewhere)).rule
    too_late = coming_back(ResumptionPSKUsage.reinit, old, ended.epoch + 1)
    with breaks("P-4-SUCCESSOR/LAST-EPOCH"):
        assert f"ended at {ended.epoch}" in bench.refused(Code.invalid_commit, as_member(alice, too_late)).rule
    branch = coming_back(ResumptionPSKUsage.branch, old, ended.epoch)
    assert "not for re-initialization" in bench.refused(Code.invalid_commit, as_member(alice, branch)).rule
    bench.serve(as_member(alice, coming_back(ResumptionPSKUsage.reinit, old, ended.epoch)))


@breaks("P-4-SUCCESSOR/ONE-PSK")
def test_a_successor_follows_one_group_once(bench: Bench) -> None:
    """Members refuse a Welcome with two such PSKs, whatever their nonces."""
    alice = bench.found("alice.phone@a")
    bundle = alice.commit(successor(bench))
    bench.serve(as_member(alice, ReInitializeGroup(update_of(bundle))))
    ended = bundle.next
    alice.joined = new_group(bench, alice, name="2")
    bench.serve(creation(alice))
    source = ResumptionPSK(ResumptionPSKUsage.reinit, ended.group_id, ended.epoch)
    psks = [PreSharedKey(PreSharedKeyID(source, bytes([number]) * 32)) for number in range(2)]
    add = Add(bench.client("bob.phone@b").key_package())
    bundle = alice.commit(add, *psks, psks=PSKStore(resumption=ended.resumption_psks))
    request = as_member(alice, AddUsers(update_of(bundle), bundle.welcomes))
    assert "holds 2 PSKs" in bench.refused(Code.invalid_commit, request).rule


@breaks("P-4-SUCCESSOR/ENDED")
def test_the_psk_of_a_group_that_another_one_follows_is_refused(bench: Bench) -> None:
    """That group has ended too, but in favour of another id than the one that is begun with its PSK."""
    alice = bench.found("alice.phone@a")
    bundle = alice.commit(successor(bench))
    bench.serve(as_member(alice, ReInitializeGroup(update_of(bundle))))
    ended = bundle.next
    alice.joined = new_group(bench, alice, name="3")
    bench.serve(creation(alice))
    psk = PreSharedKeyID(ResumptionPSK(ResumptionPSKUsage.reinit, ended.group_id, ended.epoch), bytes(32))
    store = PSKStore(resumption=ended.resumption_psks)
    bundle = alice.commit(Add(bench.client("bob.phone@b").key_package()), PreSharedKey(psk), psks=store)
    request = as_member(alice, AddUsers(update_of(bundle), bundle.welcomes))
    assert "was not re-initialized as this group" in bench.refused(Code.invalid_commit, request).rule
