"""The table as a picture."""

from xml.etree import ElementTree

from simulator.scenario.comparison import Comparison
from simulator.scenario.comparison.picture import to_svg
from tests.scenario.comparison.examples import TABLE


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter() if text.tag.endswith("text")]


def test_what_is_not_blocked_everywhere_is_shown_and_what_differs_comes_first() -> None:
    found = words(to_svg(TABLE))
    names = [row.name for row in TABLE.rows]
    assert [each for each in found if each in names] == ["Forwarded", "A ghost"]
    assert found[-1] == "2 other scenarios: each of their attacks is blocked."


def test_an_empty_table_is_a_picture_too() -> None:
    assert words(to_svg(Comparison(TABLE.columns, ())))[0] == "What stops which attack?"
