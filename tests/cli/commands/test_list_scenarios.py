"""`mimi-sim list`."""

import json
from pathlib import Path

from tests.cli.process import mimi_sim


def test_a_line_each(folder: Path) -> None:
    text = (folder / "good/two.yaml").read_text()
    (folder / "good/two.yaml").write_text(text.replace("topology:", "tags: [slow, odd]\ntopology:", 1))
    ended = mimi_sim("list", "good", "failing.yaml", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "good/one    3 steps  a test",
        "good/two    3 steps  a test #slow #odd",
        "failing     4 steps  a test",
    ]
    assert mimi_sim("list", "good", "--tag", "slow", cwd=folder).out.startswith("good/two")


def test_as_json(folder: Path) -> None:
    ended = mimi_sim("list", "good/one.yaml", "--json", cwd=folder)
    assert json.loads(ended.out) == [
        {
            "id": "good/one",
            "file": "good/one.yaml",
            "name": "a test",
            "tags": [],
            "covers": [],
            "parameters": {},
            "steps": ["connect", "create_group team", "add_users"],
        }
    ]


def test_nothing_selected(folder: Path) -> None:
    ended = mimi_sim("list", "good", "-k", "nothing", cwd=folder)
    assert (ended.code, ended.err) == (2, "none of 2 scenarios selected; tags: none\n")
