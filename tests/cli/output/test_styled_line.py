"""Lines with styles."""

from simulator.cli.output.styled_line import Line


def test_its_text_is_that_of_its_parts() -> None:
    line = Line("passed", "green").append("  a.yaml", "default").append("  3 steps")
    assert line.plain == "passed  a.yaml  3 steps"
    assert line.style == "green"
    assert list(line) == [("passed", ""), ("  a.yaml", "default"), ("  3 steps", "")]
