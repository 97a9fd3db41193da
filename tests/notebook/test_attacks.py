"""What becomes of attacks in several drafts, in a cell."""

from pathlib import Path

import pytest

from simulator.notebook import Refused, attacks
from simulator.notebook.attacks import Attacks
from tests.scenario.comparison.examples import TABLE
from tests.scenario.comparison.test_playing import FORWARDED
from tests.scenario.small_scenarios import TOPOLOGY

DRAFTS = ("mimi-transport-00", "mimi-transport-01")
RULE = "T-SECURITY-RECIPIENT/OWN-NAME"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(TOPOLOGY + FORWARDED)
    return tmp_path / "one.yaml"


def test_a_cell_for_each_draft_and_for_each_without_the_rule(file: Path) -> None:
    found = attacks(file, drafts=DRAFTS, waive=RULE)
    rows = found.frame().select("draft", "end").rows()
    assert rows == [(DRAFTS[0], "blocked"), (f"{DRAFTS[0]} without {RULE}", "succeeds"), (DRAFTS[1], "blocked")]
    assert found.diagram("one", DRAFTS[1]).svg.startswith("<svg")


def test_the_table_in_words_and_as_html() -> None:
    found = Attacks(TABLE)
    assert repr(found).splitlines()[1] == (
        "A ghost: first visible (noticed by alice.phone: R-2); second without T-1 visible (noticed by alice.phone: R-2)"
    )
    assert "bob.phone lacks | it" in found._repr_html_()
    assert [row.name for row in found.differing.comparison.rows] == ["Forwarded"]


@pytest.mark.parametrize(
    ("scenario", "draft", "words"),
    [("s/on", "first", 'no scenario with attacks is called "s/on"'), ("one", "third", 'nothing was played in "third"')],
)
def test_what_was_not_played_cant_be_drawn(scenario: str, draft: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        Attacks(TABLE).diagram(scenario, draft)


def test_a_cell_without_attacks_cant_be_drawn() -> None:
    with pytest.raises(Refused, match="the file is for second only"):
        Attacks(TABLE).diagram("four", "first")


def test_an_unknown_draft_is_told(file: Path) -> None:
    with pytest.raises(Refused, match="mimi-transport-0"):
        attacks(file, drafts="mimi-transport-0")
