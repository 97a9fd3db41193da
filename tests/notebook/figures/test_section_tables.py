"""Tables about a run in a notebook."""

from simulator.notebook.figures.markup import BAD, CALM, GOOD
from simulator.notebook.figures.section_tables import section_tables
from simulator.trace.report.sections import Cell, Section

ROWS = ((Cell("alice"), Cell("<b>", 17, "told"), Cell("never", tone="never"), Cell("its own", tone="quiet")),)
SECTION = Section("Who", "By bytes.", ("user", "a", "b", "c"), ROWS, 2)


def test_tables_as_html_and_as_words() -> None:
    shown = section_tables([SECTION, SECTION], "nothing")
    assert repr(shown).count("Who. By bytes.") == 2
    assert "  alice  17 <b>  never  its own" in repr(shown)
    assert "17 &lt;b&gt;" in shown.html
    assert "<b>" not in shown.html
    assert "… and 2 more" in shown.html
    assert [colour in shown.html for colour in (CALM, GOOD, BAD)] == [True, True, False]


def test_no_table_is_said() -> None:
    assert repr(section_tables([], "There are no tokens here.")) == "There are no tokens here."
