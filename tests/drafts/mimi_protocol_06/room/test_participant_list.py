import hashlib

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.component_ids import ComponentID
from simulator.drafts.mimi_protocol_06.room.participant_list import (
    ParticipantListData,
    ParticipantListUpdate,
    UserindexRolePair,
    UserRolePair,
    apply_list_updates,
)
from simulator.mls.errors import InvalidProposal
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.rules import Enforcement, enforced_by
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.rooms import ALICE, BOB, CATHY, DAVE

DIANA, ERIC = "mimi://d.example/u/diana", "mimi://e.example/u/eric"
LISTED = ParticipantListData((UserRolePair(ALICE, 4), UserRolePair(BOB, 2), UserRolePair(CATHY, 2)))

KNOWN = ParticipantListUpdate((UserindexRolePair(2, 1),), (1,), (UserRolePair(DIANA, 4), UserRolePair(ERIC, 3)))
KNOWN_HEX = (
    "08 0000000200000001  04 00000001  39 18 6d696d693a2f2f642e6578616d706c652f752f6469616e61 00000004"
    " 17 6d696d693a2f2f652e6578616d706c652f752f65726963 00000003"
)


def change(
    roles: tuple[tuple[int, int], ...] = (), removed: tuple[int, ...] = (), added: tuple[tuple[str, int], ...] = ()
) -> ParticipantListUpdate:
    return ParticipantListUpdate(
        tuple(UserindexRolePair(*pair) for pair in roles), removed, tuple(UserRolePair(*pair) for pair in added)
    )


def users(*updates: ParticipantListUpdate) -> list[tuple[str, int]]:
    return [(pair.user, pair.role_index) for pair in apply_list_updates(LISTED, updates).participants]


def test_the_known_answers() -> None:
    data = bytes.fromhex(KNOWN_HEX)
    assert encode(KNOWN) == data
    proposal = AppDataUpdate(ComponentID.participant_list, ComponentUpdate(data))
    assert encode(proposal) == bytes.fromhex("0022 01 4048") + data
    after = encode(apply_list_updates(LISTED, [KNOWN]))
    assert len(after) == 117
    assert hashlib.sha256(after).hexdigest() == "fcfdbd815811350cd5ffdc034782cb3091bdac6dad5f30d1cf1ca95541f1ff92"


def test_roles_change_then_participants_go_then_others_come() -> None:
    assert users(KNOWN) == [(ALICE, 4), (CATHY, 1), (DIANA, 4), (ERIC, 3)]


def test_all_updates_of_a_commit_mean_the_places_of_the_list_before_it() -> None:
    one, other = change(removed=(0,), added=((DAVE, 2),)), change(roles=((2, 3),), removed=(1,))
    assert users(one, other) == [(CATHY, 3), (DAVE, 2)]
    assert users(other, one) == users(one, other)


def test_who_takes_part_has_a_place_and_a_role() -> None:
    assert (LISTED.role_of(BOB), LISTED.index_of(BOB)) == (2, 1)
    assert (LISTED.role_of(DAVE), LISTED.index_of(DAVE)) == (None, None)


@pytest.mark.parametrize(
    ("update", "rule"),
    [
        (change(removed=(3,)), "P6-5-LIST-INDEX"),
        (change(roles=((3, 2),)), "P6-5-LIST-INDEX"),
        (change(removed=(1, 1)), "P6-5-LIST-TOUCHED-ONCE"),
        (change(roles=((1, 3),), removed=(1,)), "P6-5-LIST-TOUCHED-ONCE"),
        (change(added=((DAVE, 2), (DAVE, 3))), "P6-5-LIST-TOUCHED-ONCE"),
        (change(added=((BOB, 2),)), "P6-5-LIST-NEW-USER"),
        (change(added=(("mimi://d.example/r/dave", 2),)), "P6-5-LIST-USER-URI"),
        (change(added=((DAVE, 0),)), "P6-5-LIST-ROLE"),
        (change(roles=((1, 0),)), "P6-5-LIST-ROLE"),
    ],
)
def test_what_is_no_change_of_the_list(update: ParticipantListUpdate, rule: str) -> None:
    with breaks(rule), pytest.raises(InvalidProposal) as refused:
        apply_list_updates(LISTED, [update])
    assert refused.value.rule == "participant_list_invalid"


def test_one_user_is_touched_once_in_all_updates_together() -> None:
    with breaks("P6-5-LIST-TOUCHED-ONCE"), pytest.raises(InvalidProposal, match="two changes of one commit are about"):
        apply_list_updates(LISTED, [change(removed=(1,)), change(roles=((1, 3),))])


def test_who_waives_the_rules_gets_some_list() -> None:
    with enforced_by(Enforcement({"P6-5-LIST-TOUCHED-ONCE", "P6-5-LIST-NEW-USER"})):
        assert users(change(removed=(1,), added=((BOB, 3),))) == [(ALICE, 4), (CATHY, 2), (BOB, 3)]


def test_places_that_the_list_does_not_have_mean_nobody_to_who_waives_that() -> None:
    with enforced_by(Enforcement({"P6-5-LIST-INDEX"})):
        assert users(change(roles=((7, 1),), removed=(9,))) == [(ALICE, 4), (BOB, 2), (CATHY, 2)]
