from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00.rules import take_commit, take_group
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.errors import SimulatorError
from simulator.mls.errors import InvalidSignature
from simulator.mls.framing.message import mls_message
from simulator.mls.proposals.proposals import Add, Remove
from simulator.services.commands import GroupUpdate
from tests.services.bench import Bench, new_group, recipients, tampered, update_of


def test_it_owns_a_group_of_a_client_that_nobody_has_registered(bench: Bench) -> None:
    mallory = bench.client("mallory.phone@m")
    group = new_group(bench, mallory, connection=True)
    leaf = group.public.members()[0].leaf_node
    bench.do(lambda context: take_group(leaf, group.group_info(), context))
    kept = bench.store.groups.get(group.group_id)
    assert kept is not None
    assert kept.public.members() == group.public.members()
    assert GroupFacts.of(kept).is_connection


def test_it_takes_a_commit_that_is_of_no_operation_and_invites(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    bundle = alice.commit(Remove(1), Add(bench.client("carol.phone@c").key_package()))
    effects = bench.do(lambda context: take_commit(update_of(bundle), bundle.welcomes, context))
    assert recipients(effects, bundle.message) == {"b.example": ("mimi://b.example/d/bob/phone",)}
    assert recipients(effects, bundle.welcomes[0]) == {"c.example": ("mimi://c.example/d/carol/phone",)}


def test_it_takes_nothing_that_members_would_not(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    bundle = alice.commit(Remove(1))
    spoilt = replace(update_of(bundle), commit=tampered(bundle.message, signature=bytes(64)))
    with pytest.raises(InvalidSignature):
        bench.do(lambda context: take_commit(spoilt, (), context))


def test_not_what_is_no_commit(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    group_info = GroupUpdate(mls_message(alice.group.group_info()), (), b"")
    with pytest.raises(SimulatorError, match="GroupInfo is no commit"):
        bench.do(lambda context: take_commit(group_info, (), context))
