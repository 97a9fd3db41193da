from simulator.drafts.mimi_protocol_06.room.capabilities import Capability
from simulator.drafts.mimi_protocol_06.room.default_roles import default_roles


def test_a_role_has_capabilities_and_arcs_and_may_be_active() -> None:
    user, banned = default_roles().role(2), default_roles().role(1)
    assert user.can(Capability.send_message)
    assert not user.can(Capability.kick)
    assert user.may_change(2, 0)
    assert not user.may_change(2, 3)
    assert (user.may_be_active, banned.may_be_active) == (True, False)


def test_a_role_that_is_not_defined_may_do_nothing() -> None:
    roles = default_roles()
    assert roles.find(9) is None
    assert roles.role(9).role_capabilities == roles.role(None).role_capabilities == ()
    assert not roles.role(9).may_be_active
