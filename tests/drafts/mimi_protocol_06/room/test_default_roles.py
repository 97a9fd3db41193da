import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles
from simulator.drafts.mimi_protocol_06.room.roles import RoleData

ORDINARY = "0000 0001 0002 0003 0006 0100 0101 0103 0300 0302 0303 0304"


@pytest.mark.parametrize(
    ("index", "name", "capabilities", "active"),
    [
        (0, "no_role", "", 0),
        (1, "banned", "", 0),
        (2, "ordinary_user", ORDINARY, None),
        (3, "group_admin", f"{ORDINARY} 000a 000b 000c 000f 0301", None),
        (4, "super_admin", f"{ORDINARY} 000a 000b 000c 000f 0301 0501 0502 0504", None),
        (5, "policy_enforcer", "0001 000a 000b 000c 000f 0501 0503 0504 0601", 0),
    ],
)
def test_the_roles_of_the_profile(index: int, name: str, capabilities: str, active: int | None) -> None:
    role = default_roles().role(index)
    assert role.role_name == name
    assert role.role_capabilities == tuple(sorted(int(each, 16) for each in capabilities.split()))
    assert role.maximum_active_participants_constraint == active
    assert role.maximum_participants_constraint == (2 if index == 5 else None)


def test_an_open_room_lets_nobody_join_as_an_ordinary_user() -> None:
    nobody = default_roles(is_open=True).role(0)
    assert nobody.role_capabilities == (4,)
    assert nobody.may_change(0, 2)
    assert default_roles(is_open=True).roles[1:] == default_roles().roles[1:]


def test_they_are_the_same_in_bytes() -> None:
    assert decode(RoleData, encode(default_roles())) == default_roles()
