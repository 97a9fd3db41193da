"""What can be run next."""

from pathlib import Path

from simulator.sweep.exploring.candidates import Candidate, continued
from tests.sweep.exploring.small_random import planned

DRAWS = {"random_operations": 6}


def test_what_was_drawn_becomes_steps_and_more_is_drawn_from_there() -> None:
    data = {"name": "x", "steps": [{"crash": "a"}, DRAWS, {"crash": "b"}]}
    drawn = [{"advance": "1h"}, {"start": "a"}]
    assert continued(data, 2, drawn) == {"name": "x", "steps": [{"crash": "a"}, *drawn, DRAWS]}
    assert continued(data, 1, drawn) is None
    assert continued(data, 4, drawn) is None


def test_it_is_known_by_what_it_is(tmp_path: Path) -> None:
    (setting,) = planned(tmp_path, "drafts: mimi-transport-00\n").settings.found
    plain, other = Candidate(setting, 1), Candidate(setting, 2)
    assert plain.key == Candidate(setting, 1).key
    assert plain.key != other.key
    assert plain.scenario() is setting.scenario
    assert plain.repeat[-2:] == ("--seed", "1")
    data = {"name": "x", "topology": {"providers": {"a.example": {}}}, "steps": [{"crash": "a.example"}]}
    changed = Candidate(setting, 1, data, "out/explored")
    assert changed.key != plain.key
    assert changed.repeat == ("run", f"out/explored/{changed.key}.yaml", "--seed", "1")
    assert changed.scenario().content.name == "x"
    assert "crash" in changed.text
