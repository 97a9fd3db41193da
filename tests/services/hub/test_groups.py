"""Finding a group, and the epoch that it is at."""

import pytest

from simulator.fuzzing.whole_group import WholeGroup
from simulator.services.hub.groups import check_epoch, find_group
from simulator.services.refusal import Code, Refusal, rule
from tests.services.bench import Bench
from tests.services.hub.tracked import CURRENT, public, tracked

KNOWN = rule("R-KNOWN", Code.unknown_group, "a draft")


def test_a_group_is_known_or_refused(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob")
    record = bench.do(lambda context: tracked(whole, context))
    assert find_group(record.public.group_id, bench.context, KNOWN).public.to_bytes() == whole.service.to_bytes()
    refusal = bench.refuses(Code.unknown_group, lambda context: find_group(b"elsewhere", context, KNOWN))
    assert (refusal.requirement, refusal.rule) == ("R-KNOWN", "there is no group elsewhere here")


def test_a_message_of_another_epoch_hears_which_one_it_is(bench: Bench) -> None:
    whole = WholeGroup.of("alice", "bob")
    early = public(whole.prepare("bob", force_path=True).message)
    check_epoch(early, bench.do(lambda context: tracked(whole, context)), CURRENT)
    before = bench.do(lambda context: tracked(whole, context))
    late = public(whole.commit("alice", force_path=True).message)
    assert late.content.epoch == 1
    after = bench.do(lambda context: tracked(whole, context))
    with pytest.raises(Refusal, match="epoch 1 is over, the group is at 2") as caught:
        check_epoch(early, after, CURRENT)
    assert (caught.value.current_epoch, caught.value.section) == (2, "RFC 9420 section 14")
    with pytest.raises(Refusal, match="epoch 2 has not begun, the group is at 1"):
        check_epoch(public(whole.prepare("bob", force_path=True).message), before, CURRENT)
