"""The page names scenarios that there are, and explains each place where the draft is broken."""

import re
from pathlib import Path

from simulator.drafts.mimi_protocol_06 import MIMI_PROTOCOL_06
from tests.scenario.shipped import FOLDER

assert MIMI_PROTOCOL_06.page is not None
OPENING, _, CHOICES = MIMI_PROTOCOL_06.page.read_text().partition("\n## Names")
PLACES = re.split(r"\n### \d+\. ", OPENING)[1:]


def test_the_ten_places_say_what_is_written_what_is_wrong_what_we_do_and_what_shows_it() -> None:
    assert len(PLACES) == 10
    for place in PLACES:
        for part in ("*Text", "roblem", "*Here*", "*Wanted*", "*Shown"):
            assert part in place, (part, place)
        named = re.findall(r"`([a-z-]+/[a-z-]+)`", " ".join(place.split()).partition("*Shown")[2])
        assert named, place
        for name in named:
            assert Path(FOLDER, f"{name}.yaml").exists(), name


def test_each_choice_has_a_reason() -> None:
    for line in CHOICES.splitlines():
        if line.startswith("| **(ours)**"):
            assert len([cell for cell in line.split("|") if cell.strip()]) == 2, line
