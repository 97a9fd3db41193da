"""The table as a page."""

import base64

from simulator.scenario.comparison.page import WRITERS, to_html
from tests.scenario.ablation.test_page import Reader
from tests.scenario.comparison.examples import TABLE


def test_the_page_is_whole_and_its_links_lead_somewhere() -> None:
    reader = Reader()
    reader.feed(to_html(TABLE))
    assert reader.open == []
    assert {link.removeprefix("#") for link in reader.links} == set(reader.ids) == {"top", "r0", "r1", "r2", "r3"}


def test_nothing_of_a_scenario_is_markup() -> None:
    page = to_html(TABLE)
    assert "c.example: &lt;b&gt;" in page
    assert "c.example: <b>" not in page


def test_a_diagram_is_an_image_in_the_page() -> None:
    assert f"data:image/svg+xml;base64,{base64.b64encode(b'<svg/>').decode()}" in to_html(TABLE)


def test_each_suffix_writes() -> None:
    assert [suffix for suffix in WRITERS if WRITERS[suffix](TABLE)] == [".html", ".md", ".json", ".svg"]
