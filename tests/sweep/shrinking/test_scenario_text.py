"""A scenario's data as text."""

import json

from ruamel.yaml import YAML

from simulator.sweep.shrinking.scenario_text import for_people, step_a_line

DATA = {"name": "x", "topology": {"providers": {"a.example": {}}}, "steps": [{"advance": "5s"}, {"crash": "ä"}]}


def test_a_step_a_line() -> None:
    text, first = step_a_line(DATA)
    lines = text.splitlines()
    assert json.loads(text) == DATA
    assert lines[first - 1].startswith('{"advance"')
    assert lines[first] == '{"crash": "ä"}'


def test_for_people_it_is_the_same() -> None:
    text = for_people(DATA)
    assert YAML(typ="safe", pure=True).load(text) == DATA
    assert "- {advance: 5s}\n" in text
