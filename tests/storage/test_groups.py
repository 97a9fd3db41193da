"""Groups, joiners and the epochs they need."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.mls.framing.message import mls_message
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.public_group import PublicGroup
from simulator.storage import GroupRecord, Joiner, Store
from tests.services.bench import Bench, Client, new_group


@pytest.fixture
def record() -> GroupRecord:
    with closing(Bench()) as bench:
        group = new_group(bench, Client.of("mimi://a.example/d/alice/phone"))
    return GroupRecord(group.public, mls_message(group.group_info()), b"facts")


def joiner(name: str, epoch: int, needed_until: int = 1000) -> Joiner:
    return Joiner(name.encode(), epoch, f"mimi://b.example/d/bob/{name}", b"key", needed_until)


def test_a_group_comes_back_as_it_was_saved(store: Store, record: GroupRecord, tmp_path: Path) -> None:
    group_id = record.public.group_id
    assert store.groups.get(group_id) is None
    file = Store(tmp_path / "db")
    file.groups.save(record)
    file.close()
    reopened = Store(tmp_path / "db")
    found = reopened.groups.get(group_id)
    assert found is not None
    assert found.public.to_bytes() == record.public.to_bytes()
    assert (found.group_info, found.facts) == (record.group_info, b"facts")
    assert reopened.groups.ids() == (group_id,)
    reopened.close()


def test_a_rolled_back_group_is_not_remembered(store: Store, record: GroupRecord) -> None:
    def fail() -> None:
        with store.transaction():
            store.groups.save(record)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.groups.get(record.public.group_id) is None


def test_a_group_in_memory_counts_only_while_its_bytes_are_in_the_store(record: GroupRecord, tmp_path: Path) -> None:
    group_id, tag = record.public.group_id, record.public.confirmation_tag
    with closing(Store(tmp_path / "db")) as store:
        store.groups.save(record)
        first = store.groups.get(group_id)
        assert first is not None
        assert first.public is record.public
        changed = bytes([tag[0] ^ 1]) + tag[1:]
        with closing(sqlite3.connect(tmp_path / "db")) as other, other:
            other.execute("UPDATE groups SET state = ?", (record.public.to_bytes().replace(tag, changed),))
        second = store.groups.get(group_id)
        assert second is not None
        assert second.public.confirmation_tag == changed


def test_a_group_that_was_saved_again_and_rolled_back_is_the_one_before(store: Store, record: GroupRecord) -> None:
    store.groups.save(record)
    tag = record.public.confirmation_tag
    other = PublicGroup.from_bytes(record.public.to_bytes().replace(tag, bytes([tag[0] ^ 1]) + tag[1:]))

    def fail() -> None:
        with store.transaction():
            store.groups.save(record.at(other))
            found = store.groups.get(record.public.group_id)
            assert found is not None
            assert found.public is other
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    found = store.groups.get(record.public.group_id)
    assert found is not None
    assert found.public.confirmation_tag == tag


def test_a_deleted_group_leaves_its_id(store: Store, record: GroupRecord) -> None:
    group_id = record.public.group_id
    assert not store.groups.id_is_taken(group_id)
    store.groups.save(record)
    store.groups.add_joiners(group_id, 1, record.public.ratchet_tree(), [joiner("phone", 1)])
    store.groups.delete(group_id)
    assert store.groups.get(group_id) is None
    assert store.groups.ids() == ()
    assert store.groups.id_is_taken(group_id)
    assert store.groups.epochs(group_id) == ()
    assert store.groups.joiner(group_id, 1, b"phone") is None


def test_an_epoch_is_kept_until_its_last_joiner_has_joined(store: Store, record: GroupRecord) -> None:
    group_id, tree = record.public.group_id, record.public.ratchet_tree()
    store.groups.save(record)
    phone, laptop, tablet = joiner("phone", 1), joiner("laptop", 1), joiner("tablet", 2, needed_until=500)
    store.groups.add_joiners(group_id, 1, tree, [phone, laptop])
    store.groups.add_joiners(group_id, 2, tree, [tablet])
    assert store.groups.joiner(group_id, 1, b"phone") == phone
    assert store.groups.joiner(group_id, 2, b"phone") is None
    assert store.groups.tree(group_id, 1) == tree
    store.groups.joined(group_id, [phone.client], 500)
    assert store.groups.joiner(group_id, 1, b"phone") is None
    assert store.groups.epochs(group_id) == (1, 2)
    store.groups.joined(group_id, [laptop.client], 500)
    assert store.groups.epochs(group_id) == (2,)
    store.groups.joined(group_id, [], 501)
    assert store.groups.epochs(group_id) == ()
    with pytest.raises(KeyError):
        store.groups.tree(group_id, 1)


def test_a_record_moves_on(record: GroupRecord) -> None:
    other = mls_message(record.group_info.body)
    assert record.at(record.public) == record
    assert record.at(record.public, other).group_info is other


def test_an_ended_group_keeps_the_id_that_it_announced(store: Store, record: GroupRecord) -> None:
    group_id, successor = record.public.group_id, b"mimi://a.example/g/next"
    store.groups.save(record)
    assert store.groups.predecessor(successor) is None
    reinit = ReInit(successor, 1, 1, record.public.context.extensions)
    ended = record.at(replace(record.public, reinit=reinit))
    for _ in range(2):
        store.groups.save(ended)
        assert store.groups.predecessor(successor) == group_id
    assert store.groups.predecessor(group_id) is None


def test_epochs_and_times_that_are_larger_than_any_integer_of_sqlite(store: Store, record: GroupRecord) -> None:
    group_id, tree, last = record.public.group_id, record.public.ratchet_tree(), 2**64 - 1
    store.groups.save(record)
    for epoch, name in ((2**63, "phone"), (last, "laptop"), (3, "tablet")):
        store.groups.add_joiners(group_id, epoch, tree, [joiner(name, epoch, needed_until=last)])
    assert store.groups.epochs(group_id) == (3, 2**63, last)
    assert store.groups.tree(group_id, last) == tree
    found = store.groups.joiner(group_id, last, b"laptop")
    assert found is not None
    assert (found.epoch, found.needed_until) == (last, 2**63 - 1)
    assert store.groups.joiner(group_id, 2**63, b"laptop") is None
    store.groups.joined(group_id, [found.client], elapsed=1)
    assert store.groups.epochs(group_id) == (3, 2**63)
