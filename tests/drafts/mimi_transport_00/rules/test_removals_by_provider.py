"""Removals that the provider proposes."""

import pytest

from simulator.drafts.mimi_transport_00.rules.removals_by_provider import clients_gone
from simulator.mls.framing.framing import ExternalSender, PublicMessage
from simulator.mls.proposals.proposals import Remove
from simulator.services import provider_keys
from simulator.services.commands import ReInitializeGroup, RemoveUsers, UpdateClient
from simulator.services.delivery.effects import Effect, Enqueue
from tests.drafts.mimi_transport_00.rules.test_updating import successor
from tests.services.bench import Bench, Client, as_member, recipients, sent, update_of


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c", "dave.phone@a")


def propose(bench: Bench, client: Client, *gone: str) -> tuple[Effect, ...]:
    return bench.do(
        lambda context: clients_gone(client.group.group_id, [bench.client(name).uri for name in gone], context)
    )


def test_members_hear_of_it_and_commit_it(bench: Bench, alice: Client) -> None:
    effects = propose(bench, alice, "bob.phone@b")
    message = sent(effects[0])
    assert recipients(effects, message) == {
        "own": (alice.uri, bench.client("dave.phone@a").uri),
        "c.example": (bench.client("carol.phone@c").uri,),
    }
    assert isinstance(message.body, PublicMessage)
    assert message.body.content.sender == ExternalSender(0)
    assert message.body.content.content == Remove(1)
    for client in (alice, bench.client("carol.phone@c")):
        client.hear(message)
    bench.serve(as_member(alice, UpdateClient(update_of(alice.commit(force_path=True)))))
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    assert [member.leaf_index for member in record.public.members()] == [0, 2, 3]


def test_it_is_proposed_once_an_epoch(bench: Bench, alice: Client) -> None:
    assert len([effect for effect in propose(bench, alice, "bob.phone@b") if isinstance(effect, Enqueue)]) == 1
    assert propose(bench, alice, "bob.phone@b") == ()
    both = propose(bench, alice, "bob.phone@b", "carol.phone@c")
    assert {sent(effect).body.content.content for effect in both} == {Remove(2)}
    bundle = alice.commit(force_path=True)
    bench.serve(as_member(alice, UpdateClient(update_of(bundle))))
    assert propose(bench, alice, "bob.phone@b") != ()


def test_it_is_signed_with_the_key_the_group_knows(bench: Bench, alice: Client) -> None:
    old = bench.do(provider_keys.own_key)
    bench.now = old.not_after
    assert bench.do(provider_keys.own_key).public_key != old.public_key
    alice.hear(sent(propose(bench, alice, "bob.phone@b")[0]))


def test_nothing_is_proposed_without_need(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(Remove(1))
    bench.serve(as_member(alice, RemoveUsers(update_of(bundle))))
    bench.follow(alice, bundle)
    before = bench.store.fingerprint()
    assert propose(bench, alice, "bob.phone@b") == ()
    assert bench.do(lambda context: clients_gone(b"unknown", [alice.uri], context)) == ()
    assert bench.store.fingerprint() == before
    bench.serve(as_member(alice, ReInitializeGroup(update_of(alice.commit(successor(bench))))))
    assert propose(bench, alice, "carol.phone@c") == ()
