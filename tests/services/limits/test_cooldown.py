"""Once in a while for each name."""

from simulator.services.limits.cooldown import Cooldown


def test_once_then_not_then_again() -> None:
    cooldown = Cooldown(60)
    assert cooldown.allows("a", 1000)
    assert not cooldown.allows("a", 1000)
    assert not cooldown.allows("a", 1059)
    assert cooldown.allows("a", 1060)
    assert not cooldown.allows("a", 1061)


def test_what_was_not_done_after_all_may_be_done() -> None:
    cooldown = Cooldown(60)
    assert cooldown.allows("a", 1000)
    cooldown.forget("a")
    cooldown.forget("b")
    assert cooldown.allows("a", 1001)
    assert not cooldown.allows("a", 1002)


def test_each_name_for_itself_and_none_for_ever() -> None:
    cooldown = Cooldown(60)
    for second in range(1000):
        assert cooldown.allows(f"name {second}", second)
        assert len(cooldown) <= 60
    assert not cooldown.allows("name 999", 999)
