"""Hints name the nearest right spelling, or nothing."""

from simulator.errors import hint, nearest


def test_nearest() -> None:
    assert nearest("ad_users", ["add_users", "remove_users"]) == "add_users"
    assert nearest("zzz", ["add_users"]) is None


def test_hint() -> None:
    assert hint("ad_users", ["add_users"]) == ' (did you mean "add_users"?)'
    assert hint("zzz", ["add_users"]) == ""
