"""Which stored proposals a committer takes along."""

from simulator.fuzzing.whole_group import NOW, SERVICE, WholeGroup, addition, external_senders, removal
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.proposals import GroupContextExtensions, PreSharedKey, ReInit, Remove, Update
from simulator.mls.proposals.reference_choice import choose_references
from simulator.mls.proposals.self_remove import SelfRemove
from tests.breaking import breaks
from tests.mls.extended import LOG, extended_group, update
from tests.mls.frankenstein import forge

NAMES = ("alice", "bob", "carol", "dave")
PSKS = PSKStore({b"shared": b"secret"})
REINIT = ReInit(b"next", 1, 1, ())


def chosen(whole: WholeGroup, committer: str, *by_value: Remove) -> list[type]:
    """The kinds of proposals that the committer would refer to."""
    found = choose_references(whole.service, by_value, whole.index(committer), PSKS, NOW)
    return [type(item.proposal) for item in found]


def test_everything_that_fits_goes_along_in_order() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("bob")
    whole.propose("carol", removal(whole, "dave"))
    whole.propose("bob", addition(whole, "erin"))
    names = [kind.__name__ for kind in chosen(whole, "alice")]
    assert names == ["Update", "Remove", "Add"]


def test_a_committer_leaves_out_what_is_about_itself() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("bob")
    whole.propose("carol", removal(whole, "bob"))
    assert chosen(whole, "bob") == []
    assert chosen(whole, "alice") == [Remove]


def test_the_latest_update_counts() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("bob")
    whole.propose_update("bob")
    (found,) = choose_references(whole.service, (), whole.index("alice"), PSKS, NOW)
    assert found == list(whole.service.proposals.values())[-1]
    whole.commit("alice")
    whole.commit("bob")


def test_what_is_said_by_value_comes_first() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("bob")
    whole.propose("carol", removal(whole, "dave"))
    assert chosen(whole, "alice", Remove(whole.index("bob"))) == [Remove]
    assert chosen(whole, "alice", Remove(whole.index("bob")), Remove(whole.index("dave"))) == []


def test_a_reinit_waits_until_it_is_alone() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose("bob", REINIT)
    whole.propose("carol", REINIT)
    assert chosen(whole, "alice") == [ReInit]
    assert chosen(whole, "alice", removal(whole, "bob")) == []
    whole.propose_update("bob")
    assert chosen(whole, "alice") == [Update]
    assert chosen(whole, "bob") == [ReInit]


@breaks("RFC9420-12.2-REINIT-NOT-ALONE")
def test_nothing_goes_beside_a_reinit_by_value() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("bob")
    bundle = whole.commit("alice", REINIT)
    assert bundle.next.public.reinit == REINIT


def test_of_duplicates_the_first_counts() -> None:
    whole = WholeGroup.of(*NAMES, extensions=(external_senders(SERVICE),))
    alice = whole.groups["alice"]
    whole.deliver(forge(alice, removal(whole, "bob")))
    whole.deliver(forge(alice, removal(whole, "bob"), authenticated_data=b"again"))
    whole.deliver(forge(alice, addition(whole, "erin")))
    whole.deliver(forge(alice, addition(whole, "erin")))
    whole.deliver(forge(alice, GroupContextExtensions(())))
    whole.deliver(forge(alice, GroupContextExtensions(()), authenticated_data=b"again"))
    found = choose_references(whole.service, (), whole.index("carol"), PSKS, NOW)
    stored = list(whole.service.proposals.values())
    assert list(found) == [stored[0], stored[2], stored[4]]
    whole.commit("carol")


def test_a_stored_proposal_that_never_fits_blocks_nobody() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.deliver(forge(whole.groups["alice"], addition(whole, "bob")))
    assert chosen(whole, "carol") == []
    whole.commit("carol")


def test_a_psk_that_the_committer_does_not_hold_stays_out() -> None:
    """Else whoever proposes a PSK that nobody has keeps everybody from committing anything."""
    whole = WholeGroup.of(*NAMES)
    for name in (b"shared", b"unheard of"):
        whole.propose("bob", PreSharedKey(PreSharedKeyID(ExternalPSK(name), bytes(32))))
    (found,) = choose_references(whole.service, (), whole.index("alice"), PSKS, NOW)
    assert found.proposal == PreSharedKey(PreSharedKeyID(ExternalPSK(b"shared"), bytes(32)))
    whole.commit("alice", force_path=True)


def test_who_leaves_need_not_be_removed() -> None:
    whole = extended_group(*NAMES)
    whole.propose("carol", removal(whole, "bob"))
    whole.propose_update("bob")
    whole.propose("bob", SelfRemove())
    assert chosen(whole, "alice") == [SelfRemove]
    assert chosen(whole, "bob") == []
    whole.commit("alice")
    assert sorted(whole.groups) == ["alice", "carol", "dave"]


def test_a_removal_by_value_comes_before_a_wish_to_leave() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", SelfRemove())
    whole.propose("dave", SelfRemove())
    assert chosen(whole, "alice", Remove(whole.index("bob"))) == [SelfRemove]


def test_what_a_component_would_refuse_stays_out() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", update(LOG, b""))
    whole.propose("carol", update(LOG, b"x"))
    (found,) = choose_references(whole.service, (), whole.index("alice"), PSKS, NOW)
    assert found.proposal == update(LOG, b"x")
