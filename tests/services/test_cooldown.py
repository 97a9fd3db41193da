"""Once in a while for each name."""

from simulator.services.cooldown import Cooldown


def test_once_then_not_then_again() -> None:
    restraint = Cooldown(60)
    assert restraint.allows("a", 1000)
    assert not restraint.allows("a", 1000)
    assert not restraint.allows("a", 1059)
    assert restraint.allows("a", 1060)
    assert not restraint.allows("a", 1061)


def test_each_name_for_itself_and_none_for_ever() -> None:
    restraint = Cooldown(60)
    for second in range(1000):
        assert restraint.allows(f"name {second}", second)
        assert len(restraint) <= 60
    assert not restraint.allows("name 999", 999)
