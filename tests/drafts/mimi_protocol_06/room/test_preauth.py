from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.preauth import PreAuthData, PreAuthRoleEntry, basic_claim
from tests.drafts.mimi_protocol_06.rooms import ALICE, BOB, HUB, PHONES, preauthorized


def test_a_claim_is_of_a_basic_credential() -> None:
    assert encode(basic_claim("m")) == bytes.fromhex("0001 00 01 6d")


def test_the_first_entry_that_matches_gives_the_role() -> None:
    listed = preauthorized((BOB, 3), (PHONES[BOB], 2), (BOB, 4))
    assert listed.role_for(HUB) == 5
    assert listed.role_for(PHONES[BOB], BOB) == 3
    assert listed.role_for(PHONES[BOB]) == 2
    assert listed.role_for(ALICE) is None


def test_all_claims_of_an_entry_have_to_match_and_there_must_be_one() -> None:
    role = default_roles().role(2)
    both = PreAuthData((PreAuthRoleEntry((basic_claim(BOB), basic_claim(ALICE)), role), PreAuthRoleEntry((), role)))
    assert both.role_for(BOB) is None
    assert both.role_for(BOB, ALICE) == 2
