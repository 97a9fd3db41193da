"""The proposals that wait for a commit."""

from simulator.fuzzing.whole_group import WholeGroup, addition, removal
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.proposals.proposals import Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.services.hub.proposals import is_leaving, propose_as_hub, queue_proposals
from simulator.services.refusal import Code
from simulator.storage import GroupRecord
from tests.mls.extended import extended_group
from tests.mls.frankenstein import forge
from tests.services.bench import Bench
from tests.services.hub.tracked import CURRENT, VALID, public, tracked


def queue(bench: Bench, record: GroupRecord, *proposals: PublicMessage) -> GroupRecord:
    return bench.do(lambda context: queue_proposals(proposals, record, context, current=CURRENT, valid=VALID))


def test_several_wait_in_their_order(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob", "carol")
    record = bench.do(lambda context: tracked(whole, context))
    first, second = (public(whole.propose("bob", each)) for each in (removal(whole, "carol"), addition(whole, "dave")))
    queued = queue(bench, record, first, second)
    kept = bench.store.groups.get(record.public.group_id)
    assert kept is not None
    assert kept.public.proposals == queued.public.proposals == whole.service.proposals
    assert len(queued.public.proposals) == 2


def test_all_or_none(bench: Bench) -> None:
    whole = extended_group("alice", "bob", "carol")
    record = bench.do(lambda context: tracked(whole, context))
    good = public(whole.propose("bob", SelfRemove()))
    again = public(forge(whole.groups["bob"], SelfRemove(), authenticated_data=b"again"))
    refusal = bench.refuses(
        Code.invalid_proposal,
        lambda context: queue_proposals((good, again), record, context, current=CURRENT, valid=VALID),
    )
    assert refusal.requirement == "R-VALID"
    assert not record.public.proposals


def test_one_of_a_past_epoch_is_refused(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob", "carol")
    late = public(whole.propose("bob", removal(whole, "carol")))
    whole.commit("alice", force_path=True, include_references=False)
    record = bench.do(lambda context: tracked(whole, context))
    refusal = bench.refuses(
        Code.wrong_epoch, lambda context: queue_proposals((late,), record, context, current=CURRENT, valid=VALID)
    )
    assert (refusal.requirement, refusal.current_epoch) == ("R-CURRENT", 2)


def test_who_leaves_is_known_whoever_proposed_it(bench: Bench) -> None:
    whole = extended_group("alice", "bob", "carol", "dave")
    record = bench.do(lambda context: tracked(whole, context))
    proposals = [public(whole.propose("bob", SelfRemove())), public(whole.propose("alice", removal(whole, "carol")))]
    group = queue(bench, record, *proposals).public
    assert [is_leaving(leaf, group) for leaf in range(4)] == [False, True, True, False]


def test_the_hub_proposes_with_the_key_that_the_group_lists(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    message, group = bench.do(lambda context: propose_as_hub(Remove(1), record.public, context))
    assert is_leaving(1, group)
    assert not is_leaving(1, record.public)
    alice.hear(message)
    assert [stored.proposal for stored in alice.group.public.proposals.values()] == [Remove(1)]
