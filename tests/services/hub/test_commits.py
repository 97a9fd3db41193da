"""Commits of members and of newcomers, with what waits for them."""

import pytest

from simulator.fuzzing.whole_group import WholeGroup, addition, removal
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.roster import Member
from simulator.services.hub.commits import ValidCommit, adopt, commit_in, new_leaves, stage_commit
from simulator.services.hub.group_info import rebuild_group_info
from simulator.services.hub.proposals import queue_proposals
from simulator.services.refusal import Code, Refusal, rule
from tests.mls.extended import extended_group
from tests.services.bench import Bench
from tests.services.hub.tracked import CURRENT, VALID, public, tracked

FORM = rule("R-FORM", Code.malformed, "a draft")


def test_a_commit_ends_the_epoch_and_its_queue(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob", "carol")
    record = bench.do(lambda context: tracked(whole, context))
    waiting = public(whole.propose("bob", removal(whole, "carol")))
    queued = bench.do(lambda context: queue_proposals((waiting,), record, context, current=CURRENT, valid=VALID))
    bundle = whole.prepare("alice", addition(whole, "dave"))
    commit = commit_in(bundle.message, FORM)
    staged = stage_commit(commit, queued, bench.context, current=CURRENT, valid=VALID)
    assert [item.by_reference for item in staged.proposals].count(True) == 1
    assert [leaf.signature_key for leaf in new_leaves(staged)] == [
        whole.people[name].identity.signature_public_key for name in ("alice", "dave")
    ]
    info = bundle.group_info
    rebuilt = rebuild_group_info(staged.group, info.extensions, info.signature, staged.committer, VALID)
    sender = Member(0, record.public.members()[0].leaf_node)
    bench.do(lambda context: adopt(ValidCommit(queued, sender, bundle.message, staged, rebuilt), context))
    kept = bench.store.groups.get(record.public.group_id)
    assert kept is not None
    assert (kept.public.epoch, kept.public.proposals, kept.group_info) == (2, {}, rebuilt)


def test_a_newcomer_takes_along_who_leaves(bench: Bench) -> None:
    whole = extended_group("alice", "bob", "carol")
    record = bench.do(lambda context: tracked(whole, context))
    pending = [whole.propose(name, SelfRemove()) for name in ("bob", "carol")]
    queued = bench.do(
        lambda context: queue_proposals(
            [public(each) for each in pending], record, context, current=CURRENT, valid=VALID
        )
    )
    joining = whole.prepare_external("dave", pending)
    staged = stage_commit(public(joining.message), queued, bench.context, current=CURRENT, valid=VALID)
    assert [member.identity for member in staged.removed] == [b"bob", b"carol"]
    assert {member.identity for member in staged.group.members()} == {b"alice", b"dave"}


def test_only_a_commit_is_one(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob")
    with pytest.raises(Refusal, match="no PublicMessage with a commit") as caught:
        commit_in(whole.propose("bob", removal(whole, "alice")), FORM)
    assert (caught.value.code, caught.value.requirement) == (Code.malformed, "R-FORM")


def test_one_commit_wins_and_the_next_is_of_an_epoch_that_is_over(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob")
    lost = public(whole.prepare("bob", force_path=True).message)
    whole.commit("alice", force_path=True)
    record = bench.do(lambda context: tracked(whole, context))
    with pytest.raises(Refusal) as caught:
        stage_commit(lost, record, bench.context, current=CURRENT, valid=VALID)
    assert (caught.value.code, caught.value.requirement) == (Code.wrong_epoch, "R-CURRENT")


def test_a_commit_takes_along_only_what_the_hub_has_seen(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob", "carol")
    record = bench.do(lambda context: tracked(whole, context))
    whole.propose("bob", removal(whole, "carol"))
    unheard = public(whole.prepare("alice").message)
    with pytest.raises(Refusal, match="which this epoch has not seen") as caught:
        stage_commit(unheard, record, bench.context, current=CURRENT, valid=VALID)
    assert (caught.value.code, caught.value.requirement) == (Code.invalid_commit, "R-VALID")
