"""The tables as text."""

from simulator.trace.report.sections import Cell, Section
from simulator.trace.report.text import report_lines, section_lines
from tests.trace.examples import trace


def test_columns_are_aligned_and_what_is_left_out_is_said() -> None:
    rows = ((Cell("alice"), Cell("told", 17)), (Cell("bo\x1b"), Cell("never")))
    assert list(section_lines(Section("Who", "By bytes.", ("user", "b.example"), rows, 3))) == [
        "Who. By bytes.",
        "  user   b.example",
        "  alice  17 told",
        "  bo�    never",
        "  … and 3 more",
    ]


def test_long_words_are_cut() -> None:
    (*_, line) = section_lines(Section("T", "S.", ("a",), ((Cell("x" * 500),),)))
    assert len(line) < 100


def test_a_run_has_a_heading() -> None:
    heading, gap, *rest = report_lines(trace())
    assert heading == "joins/second-device: passed, 0 exchanges, seed 7"
    assert gap == ""
    assert rest[0].startswith("Who learned whom. ")
