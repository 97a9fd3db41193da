"""Guides as text: wrapped to the terminal, but for what is there to be copied."""

import pytest
from rich.cells import cell_len

from simulator.cli.guides import pages, shown, titles
from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError

PAGES = pages(DRAFTS[0])


def test_each_has_a_line_with_its_title() -> None:
    lines = list(titles(DRAFTS[0]))
    assert [line.split()[0] for line in lines] == list(PAGES)
    for line, path in zip(lines, PAGES.values(), strict=True):
        title = line.split(maxsplit=1)[1]
        assert path.read_text().startswith(f"# {title}\n")
        assert len(line) <= 100


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [60, 80, 500])
def test_lines_are_as_long_as_there_is_room_for(name: str, width: int) -> None:
    text = shown(name, DRAFTS[0], width, colour=False)
    prose = [line for line in text.splitlines() if not line.startswith("    ")]
    assert max(map(cell_len, prose)) <= min(width, 100)
    assert "\x1b" not in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("name", PAGES)
def test_commands_stay_in_one_line(name: str) -> None:
    source = PAGES[name].read_text()
    commands = [line.strip() for line in source.splitlines() if line.startswith(("mimi-sim ", "   mimi-sim "))]
    shown_lines = [line.strip() for line in shown(name, DRAFTS[0], 40, colour=False).splitlines()]
    assert [command for command in commands if command not in shown_lines] == []


def test_a_terminal_has_colours_and_other_places_have_marks_for_code() -> None:
    assert "\x1b[" in shown("serve", DRAFTS[0], 80, colour=True)
    assert "`federation.json`" not in shown("serve", DRAFTS[0], 80, colour=True)
    assert "`federation.json`" in shown("serve", DRAFTS[0], 80, colour=False)


def test_one_that_there_is_not() -> None:
    with pytest.raises(
        SimulatorError, match=r'there is no guide "langage" \(did you mean "language"\?\); there are: lang'
    ):
        shown("langage", DRAFTS[0], 80, colour=False)
