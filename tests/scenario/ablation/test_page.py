"""What was found out as a page."""

from html.parser import HTMLParser

from simulator.scenario.ablation.page import WRITERS, to_html
from tests.scenario.ablation.found import TABLE

VOID = {"img", "meta"}


class Reader(HTMLParser):
    """Keeps what is open, and the ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in VOID and tag != "br":
            self.open.append(tag)
        if said.get("id"):
            self.ids.append(said["id"] or "")
        if said.get("href"):
            self.links.append(said["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_its_links_lead_somewhere() -> None:
    reader = Reader()
    reader.feed(to_html(TABLE))
    assert reader.open == []
    assert reader.ids == [line.subject.id for line in TABLE.lines]
    assert {link.removeprefix("#") for link in reader.links} == {"BOTH/A", "CAUGHT", "HOLE", "UNSEEN"}


def test_nothing_of_a_scenario_is_markup() -> None:
    page = to_html(TABLE)
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_each_suffix_writes() -> None:
    assert [suffix for suffix in WRITERS if WRITERS[suffix](TABLE)] == [".html", ".md", ".json"]
