"""`mimi-sim schema`."""

import json
from pathlib import Path

from simulator.scenario.json_schema import json_schema
from tests.cli.process import mimi_sim


def test_it_is_the_schema(tmp_path: Path) -> None:
    ended = mimi_sim("schema", cwd=tmp_path)
    assert ended.code == 0
    assert json.loads(ended.out) == json_schema()
