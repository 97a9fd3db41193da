"""How a problem reads, and how those of one file are collected."""

import pytest

from simulator.scenario.loading.problems import Problem, Problems, ScenarioFileError, Span

TEXT = "name: one\n\tsteps: two\nlast: x"


def rendered(text: str, span: Span) -> list[str]:
    problems = Problems("x.yaml", text)
    problems.add(span, "wrong")
    return str(problems.found[0]).split("\n")


def test_place_line_and_caret() -> None:
    assert rendered(TEXT, Span(3, 7, 8)) == ["x.yaml:3:7: wrong", "    3 | last: x", "      |       ^"]


def test_the_caret_is_as_wide_as_what_is_meant() -> None:
    assert rendered(TEXT, Span(1, 1, 5))[-1] == "      | ^^^^"


def test_the_caret_ends_with_the_line() -> None:
    assert rendered(TEXT, Span(3, 7, 40))[-1] == "      |       ^"


def test_a_tab_in_front_stands_under_the_tab() -> None:
    assert rendered(TEXT, Span(2, 2, 7))[-1] == "      | \t^^^^^"


def test_a_long_line_is_cut() -> None:
    shown = rendered("name: " + "x" * 1000, Span(1, 1, 5))[1]
    assert len(shown) < 160
    assert shown.endswith(" ...")


def test_what_could_steer_a_terminal_is_not_printed() -> None:
    assert "\x1b" not in rendered("name: \x1b[31m", Span(1, 7, 8))[1]


def test_a_problem_of_the_whole_file_has_no_place() -> None:
    assert str(Problem("x.yaml", "the file is empty")) == "x.yaml: the file is empty"


def test_all_problems_are_raised_in_the_order_of_the_file_and_each_once() -> None:
    problems = Problems("x.yaml", TEXT)
    for span in (Span(3, 1, 5), Span(1, 7, 10), Span(3, 1, 5)):
        problems.add(span, "wrong")
    with pytest.raises(ScenarioFileError) as raised:
        problems.raise_if_any()
    assert [problem.span.line for problem in raised.value.problems if problem.span] == [1, 3]


def test_no_problem_raises_nothing() -> None:
    Problems("x.yaml", TEXT).raise_if_any()
