"""Each odd proposal breaks the rule that it is for, and no other."""

import pytest

from simulator.drafts.mimi_protocol_06.odd_proposals import PROPOSALS
from simulator.drafts.mimi_protocol_06.room.invariants import check_invariants
from simulator.drafts.mimi_protocol_06.room.policy import judge
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed
from simulator.errors import SimulatorError
from simulator.mls.framing.framing import MemberSender
from tests.breaking import breaks

from .rooms import ALICE, PHONES, changed_role, phone_of, room, state_of

RULES = {
    "list_index": "P6-5-LIST-INDEX",
    "touched_twice": "P6-5-LIST-TOUCHED-ONCE",
    "listed_already": "P6-5-LIST-NEW-USER",
    "no_user": "P6-5-LIST-USER-URI",
    "role_zero": "P6-5-LIST-ROLE",
    "undefined_role": "P6-6-ADD-PARTICIPANT/ROLE",
    "off_the_list": "P6-6-REMOVE-PARTICIPANT/CLIENTS",
    "banned_in_the_group": "P6-6-BAN/CLIENTS",
    "unreadable_list": "P6-5-LIST-DATA",
    "unreadable_component": "P6-5-COMPONENT-DATA",
    "removed_metadata": "MLS-EXT-APPDATAUPDATE-COMPONENT-NOT-REMOVABLE",
    "two_updates": "P6-5-ONE-UPDATE",
    "other_room_uri": "P6-5-ROOM-URI",
    "roles_twice": "P6-5-ROLES-DIFFER",
    "open_join_of_a_role": "P6-5-OPEN-JOIN",
    "parent_room": "P6-5-NO-PARENT",
    "list_and_roles": "P6-6-ROLES/ALONE",
    "list_and_preauthorizations": "P6-6-PREAUTH/ALONE",
}


def test_each_has_its_rule() -> None:
    assert list(RULES) == list(PROPOSALS)


@pytest.mark.parametrize("name", PROPOSALS)
def test_it_is_that_rule_which_is_broken(name: str) -> None:
    whole = room(roles=changed_role(4, more=(0x0503,)))
    proposals = PROPOSALS[name](whole.service, PHONES[ALICE])
    sent = [Proposed(proposal, MemberSender(0)) for proposal in proposals]
    with breaks(RULES[name]), pytest.raises(SimulatorError):
        check_invariants(judge(phone_of(ALICE), sent, state_of(whole)), None)
