from simulator.drafts.mimi_transport_00.rules import commits, removals_by_members
from simulator.rules import declared_in


def test_constants_of_all_modules_of_a_package_are_found_also_those_inside_of_values() -> None:
    found = declared_in("simulator.drafts.mimi_transport_00.rules")
    assert commits.SIGNER in found
    assert removals_by_members.REMOVE_USERS.contents in found
    assert len(found) == len(set(found))
