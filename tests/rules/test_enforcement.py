from simulator.rules import Enforcement, enforced_by, within
from simulator.rules.enforcement import party, scopes


def test_who_is_at_work_is_so_only_inside() -> None:
    outer, inner = Enforcement({"T-1"}), Enforcement({"T-2"})
    with enforced_by(outer):
        with enforced_by(inner):
            assert party() is inner
        assert party() is outer
    assert party().waived == frozenset()


def test_scopes_are_listed_from_the_inside() -> None:
    with within("T-1", "T-2"), within("T-3"):
        assert scopes() == ("T-3", "T-1", "T-2")
    assert scopes() == ()


def test_what_stands_for_something_waived_is_waived() -> None:
    enforcement = Enforcement({"P-1"})
    assert enforcement.waives(("NAMES", "P-1"))
    assert not enforcement.waives(("NAMES",))
