"""Which rules refuse, before and after."""

from simulator.trace.comparing.verdicts import rules_in, verdict_changes


def test_a_notice_names_its_rules_at_its_end() -> None:
    assert rules_in("Refused ask wrong_recipient [T-SECURITY-RECIPIENT/TENANT P-2]") == (
        "T-SECURITY-RECIPIENT/TENANT",
        "P-2",
    )
    assert rules_in("Joined 2") == ()


def test_who_refuses_nothing_any_more_comes_first() -> None:
    old = {"a": {"1": ["Refused [R-1]", "Refused [R-2]"], "2": ["Refused [R-2]"]}}
    new = {"a": {"1": ["Refused [R-2]"], "2": ["Refused [R-2]", "Refused [R-2]"]}}
    assert [str(each) for each in verdict_changes(old, new)] == [
        "R-1 refuses nothing any more: 1 before, in a",
        "R-2: 2 -> 3 refusals, in a",
    ]


def test_a_step_that_only_one_run_has_reached_says_nothing_of_a_rule() -> None:
    assert verdict_changes({"a": {"1": [], "2": ["Refused [R-1]"]}}, {"a": {"1": []}}) == ()
