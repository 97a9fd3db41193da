"""`mimi-sim schema`."""

import json
from pathlib import Path

from simulator.scenario.json_schema import json_schema
from tests.cli.process import mimi_sim


def test_it_is_the_schema_of_scenarios_and_experiments(tmp_path: Path) -> None:
    ended = mimi_sim("schema", cwd=tmp_path)
    assert ended.code == 0
    schema = json.loads(ended.out)
    assert schema["$defs"] == json_schema()["$defs"]
    assert schema["if"] == {"required": ["part"]}
    assert schema["else"]["if"] == {"required": ["experiment"]}
    assert schema["else"]["else"] == json_schema()["else"]
