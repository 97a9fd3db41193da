from simulator.codec import encode
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from tests.services.bench import Bench


def test_they_are_kept_with_the_group(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", connection=True)
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    facts = GroupFacts.of(record)
    assert (facts.version, facts.is_connection) == (1, True)
    assert facts.encoded == encode(facts) == record.facts == bytes.fromhex("000101")
