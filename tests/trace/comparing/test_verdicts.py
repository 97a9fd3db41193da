"""Which rules refuse, before and after."""

from simulator.trace.comparing.verdicts import not_reached, refusals_in, verdict_changes


def test_a_notice_names_its_rules_at_its_end_and_the_code() -> None:
    assert refusals_in("Refused ask wrong_recipient [T-SECURITY-RECIPIENT/TENANT P-2]") == (
        ("T-SECURITY-RECIPIENT/TENANT", "wrong_recipient"),
        ("P-2", "wrong_recipient"),
    )
    assert refusals_in("Rejected 2 aead [MLS-1]") == (("MLS-1", ""),)
    assert refusals_in("Joined 2") == ()


def test_each_notice_of_a_line_counts() -> None:
    line = "Refused ask malformed [R-1], Joined 2, Refused ask rate_limited [R-2], Retried key"
    assert refusals_in(line) == (("R-1", "malformed"), ("R-2", "rate_limited"))


def test_another_code_is_a_change_though_as_much_is_refused() -> None:
    old = {"a": {"1": ["Refused ask malformed [R-1]"]}, "b": {"1": ["Refused ask malformed [R-1]"]}}
    new = {"a": {"1": ["Refused ask internal [R-1]"]}, "b": {"1": ["Refused ask malformed [R-1]"]}}
    (found,) = verdict_changes(old, new)
    assert str(found) == "R-1 refuses with internal now, not malformed: 1, in a"


def test_who_refuses_nothing_any_more_comes_first() -> None:
    old = {"a": {"1": ["Refused [R-1]", "Refused [R-2]"], "2": ["Refused [R-2]"]}}
    new = {"a": {"1": ["Refused [R-2]"], "2": ["Refused [R-2]", "Refused [R-2]"]}}
    assert [str(each) for each in verdict_changes(old, new)] == [
        "R-1 refuses nothing any more: 1 before, in a",
        "R-2: 2 -> 3 refusals, in a",
    ]


def test_a_step_that_only_one_run_has_reached_says_nothing_of_a_rule() -> None:
    assert verdict_changes({"a": {"1": [], "2": ["Refused [R-1]"]}}, {"a": {"1": []}}) == ()


def test_steps_of_which_only_one_run_tells_are_not_reached() -> None:
    assert not_reached({"a": {"1": [], "2": []}}, {"a": {"1": []}}) == {"a 2"}
