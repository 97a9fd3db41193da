"""Which stored proposals a committer takes along."""

from simulator.mls.proposals import GroupContextExtensions, PreSharedKey, ReInit, Remove, Update
from simulator.mls.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.psk_store import PSKStore
from simulator.mls.reference_choice import choose_references
from simulator.mls.self_remove import SelfRemove
from tests.mls.extended import LOG, extended_room, update
from tests.mls.frankenstein import forge
from tests.mls.room import NOW, SERVICE, Room, addition, external_senders, removal

NAMES = ("alice", "bob", "carol", "dave")
PSKS = PSKStore({b"shared": b"secret"})
REINIT = ReInit(b"next", 1, 1, ())


def chosen(room: Room, committer: str, *by_value: Remove) -> list[type]:
    """The kinds of proposals that the committer would refer to."""
    found = choose_references(room.service, by_value, room.index(committer), PSKS, NOW)
    return [type(item.proposal) for item in found]


def test_everything_that_fits_goes_along_in_order() -> None:
    room = Room.of(*NAMES)
    room.propose_update("bob")
    room.propose("carol", removal(room, "dave"))
    room.propose("bob", addition(room, "erin"))
    names = [kind.__name__ for kind in chosen(room, "alice")]
    assert names == ["Update", "Remove", "Add"]


def test_a_committer_leaves_out_what_is_about_itself() -> None:
    room = Room.of(*NAMES)
    room.propose_update("bob")
    room.propose("carol", removal(room, "bob"))
    assert chosen(room, "bob") == []
    assert chosen(room, "alice") == [Remove]


def test_the_latest_update_counts() -> None:
    room = Room.of(*NAMES)
    room.propose_update("bob")
    room.propose_update("bob")
    (found,) = choose_references(room.service, (), room.index("alice"), PSKS, NOW)
    assert found == list(room.service.proposals.values())[-1]
    room.commit("alice")
    room.commit("bob")


def test_what_is_said_by_value_comes_first() -> None:
    room = Room.of(*NAMES)
    room.propose_update("bob")
    room.propose("carol", removal(room, "dave"))
    assert chosen(room, "alice", Remove(room.index("bob"))) == [Remove]
    assert chosen(room, "alice", Remove(room.index("bob")), Remove(room.index("dave"))) == []


def test_a_reinit_waits_until_it_is_alone() -> None:
    room = Room.of(*NAMES)
    room.propose("bob", REINIT)
    room.propose("carol", REINIT)
    assert chosen(room, "alice") == [ReInit]
    assert chosen(room, "alice", removal(room, "bob")) == []
    room.propose_update("bob")
    assert chosen(room, "alice") == [Update]
    assert chosen(room, "bob") == [ReInit]


def test_nothing_goes_beside_a_reinit_by_value() -> None:
    room = Room.of(*NAMES)
    room.propose_update("bob")
    bundle = room.commit("alice", REINIT)
    assert bundle.next.public.reinit == REINIT


def test_of_duplicates_the_first_counts() -> None:
    room = Room.of(*NAMES, extensions=(external_senders(SERVICE),))
    alice = room.groups["alice"]
    room.deliver(forge(alice, removal(room, "bob")))
    room.deliver(forge(alice, removal(room, "bob"), authenticated_data=b"again"))
    room.deliver(forge(alice, addition(room, "erin")))
    room.deliver(forge(alice, addition(room, "erin")))
    room.deliver(forge(alice, GroupContextExtensions(())))
    room.deliver(forge(alice, GroupContextExtensions(()), authenticated_data=b"again"))
    found = choose_references(room.service, (), room.index("carol"), PSKS, NOW)
    stored = list(room.service.proposals.values())
    assert list(found) == [stored[0], stored[2], stored[4]]
    room.commit("carol")


def test_a_stored_proposal_that_never_fits_blocks_nobody() -> None:
    room = Room.of(*NAMES)
    room.deliver(forge(room.groups["alice"], addition(room, "bob")))
    assert chosen(room, "carol") == []
    room.commit("carol")


def test_a_psk_that_the_committer_does_not_hold_stays_out() -> None:
    """Else whoever proposes a PSK that nobody has keeps everybody from committing anything."""
    room = Room.of(*NAMES)
    for name in (b"shared", b"unheard of"):
        room.propose("bob", PreSharedKey(PreSharedKeyID(ExternalPSK(name), bytes(32))))
    (found,) = choose_references(room.service, (), room.index("alice"), PSKS, NOW)
    assert found.proposal == PreSharedKey(PreSharedKeyID(ExternalPSK(b"shared"), bytes(32)))
    room.commit("alice", force_path=True)


def test_who_leaves_need_not_be_removed() -> None:
    room = extended_room(*NAMES)
    room.propose("carol", removal(room, "bob"))
    room.propose_update("bob")
    room.propose("bob", SelfRemove())
    assert chosen(room, "alice") == [SelfRemove]
    assert chosen(room, "bob") == []
    room.commit("alice")
    assert sorted(room.groups) == ["alice", "carol", "dave"]


def test_a_removal_by_value_comes_before_a_wish_to_leave() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", SelfRemove())
    room.propose("dave", SelfRemove())
    assert chosen(room, "alice", Remove(room.index("bob"))) == [SelfRemove]


def test_what_a_component_would_refuse_stays_out() -> None:
    room = extended_room(*NAMES)
    room.propose("bob", update(LOG, b""))
    room.propose("carol", update(LOG, b"x"))
    (found,) = choose_references(room.service, (), room.index("alice"), PSKS, NOW)
    assert found.proposal == update(LOG, b"x")
