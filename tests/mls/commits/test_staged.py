"""What a staged Commit says about itself."""

from simulator.fuzzing.whole_group import NOW, WholeGroup, addition, removal
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.framing import NewMemberCommitSender, PublicMessage
from simulator.mls.group import CommitBundle
from simulator.mls.proposals.proposals import ReInit, Remove

NAMES = ("alice", "bob", "carol")


def staged(whole: WholeGroup, bundle: CommitBundle) -> StagedCommit:
    """The Commit as the service sees it."""
    assert isinstance(bundle.message.body, PublicMessage)
    return whole.service.stage_commit(bundle.message.body, NOW)


def test_a_commit_tells_its_kind() -> None:
    whole = WholeGroup.of(*NAMES)
    adding = staged(whole, whole.prepare("bob", addition(whole, "dave")))
    assert (adding.path, adding.reinit, adding.new_leaves, adding.committer) == (False, None, (3,), 1)
    removing = staged(whole, whole.prepare("bob", removal(whole, "carol")))
    assert (removing.path, removing.new_leaves) == (True, ())
    assert [item.proposal for item in removing.proposals] == [Remove(2)]
    ending = ReInit(b"next", 1, 1, ())
    assert staged(whole, whole.prepare("bob", ending)).reinit == ending


def test_an_external_commit_tells_the_joiners_leaf() -> None:
    whole = WholeGroup.of(*NAMES)
    joining = staged(whole, whole.prepare_external("dave"))
    assert (joining.sender, joining.committer, joining.added) == (NewMemberCommitSender(), 3, ())
    resync = staged(whole, whole.prepare_external("alice"))
    assert (resync.committer, [member.identity for member in resync.removed]) == (0, [b"alice"])


def test_the_provisional_context_has_the_old_confirmed_hash_only() -> None:
    whole = WholeGroup.of(*NAMES)
    found = staged(whole, whole.prepare("bob"))
    old, new, provisional = whole.service.context, found.group.context, found.provisional_context
    assert provisional.confirmed_transcript_hash == old.confirmed_transcript_hash
    assert (provisional.epoch, provisional.tree_hash) == (new.epoch, new.tree_hash)
