"""An own Commit: it changes nothing until it is adopted, and says what its options ask for."""

import pytest

from simulator.fuzzing.whole_group import NOW, WholeGroup, addition, removal
from simulator.mls.errors import MLSError, NotAllowed
from simulator.mls.framing.framing import PrivateMessage, PublicMessage
from simulator.mls.proposals.proposals import ReInit, Remove
from tests.mls.frankenstein import commit_of

NAMES = ("alice", "bob", "carol")


def test_a_commit_that_is_never_accepted_has_no_effect() -> None:
    whole = WholeGroup.of(*NAMES)
    before = whole.groups["alice"].public.to_bytes()
    whole.prepare("alice", removal(whole, "bob"), addition(whole, "dave"))
    assert whole.groups["alice"].public.to_bytes() == before
    whole.commit("bob")
    whole.commit("alice")


def test_a_path_is_there_if_needed_or_asked_for() -> None:
    whole = WholeGroup.of(*NAMES)
    assert commit_of(whole.prepare("alice", addition(whole, "dave")).message).path is None
    assert commit_of(whole.prepare("alice", addition(whole, "dave"), force_path=True).message).path is not None
    assert commit_of(whole.prepare("alice").message).path is not None
    assert commit_of(whole.prepare("alice", addition(whole, "dave"), leaf_extensions=()).message).path is not None


def test_references_come_before_values_and_can_be_left_out() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose("bob", addition(whole, "dave"))
    both = whole.prepare("alice", addition(whole, "erin"))
    assert [member.identity for member in both.next.members()] == [b"alice", b"bob", b"carol", b"dave", b"erin"]
    without = whole.prepare("alice", addition(whole, "erin"), include_references=False)
    assert [member.identity for member in without.next.members()] == [b"alice", b"bob", b"carol", b"erin"]


def test_a_list_that_others_would_refuse_is_refused_at_once() -> None:
    whole = WholeGroup.of(*NAMES)
    for proposals, rule in (
        ((Remove(0),), "remove_of_committer"),
        ((Remove(9),), "remove_of_blank"),
        ((addition(whole, "bob"),), "duplicate_client"),
    ):
        with pytest.raises(MLSError) as caught:
            whole.prepare("alice", *proposals)
        assert caught.value.rule == rule


def test_a_commit_goes_out_in_the_wire_format_asked_for() -> None:
    whole = WholeGroup.of(*NAMES)
    assert isinstance(whole.prepare("alice").message.body, PublicMessage)
    private = whole.prepare("alice", private=True, authenticated_data=b"for the service").message.body
    assert isinstance(private, PrivateMessage)
    assert private.authenticated_data == b"for the service"


def test_the_group_info_is_that_of_the_next_epoch() -> None:
    whole = WholeGroup.of(*NAMES)
    bundle = whole.prepare("alice")
    info = bundle.group_info
    assert info.group_context == bundle.next.public.context
    assert bundle.next.public.check_group_info(info.extensions, info.signature, info.signer) == info


def test_who_can_not_send_can_not_commit() -> None:
    whole = WholeGroup.of(*NAMES)
    removed = whole.groups["bob"].process(whole.prepare("alice", removal(whole, "bob")).message, NOW).group
    with pytest.raises(NotAllowed) as caught:
        removed.commit([], whole.people["bob"].rand, NOW)
    assert caught.value.rule == "not_a_member"
    whole.commit("alice", ReInit(b"next", 1, 1, ()))
    with pytest.raises(NotAllowed) as caught:
        whole.prepare("carol")
    assert caught.value.rule == "group_reinitialized"
