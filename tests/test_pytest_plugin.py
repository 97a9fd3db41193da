"""`pytest scenarios/`, in a pytest of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import PASSING, environment, write_scenarios

MATRIX = PASSING.replace("topology:", "tags: [slow]\nmatrix: {http2: [false, true]}\ntopology:", 1)
SKIPPED = PASSING.replace("topology:", "skip: no time\ntopology:", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_scenarios(tmp_path)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and output. The plugin is named, for where it is not installed; others only take their time."""
    plugin = ("-p", "simulator.pytest_plugin", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", "-q", *plugin, "-W", "error", "--strict-markers", *arguments]
    alone = environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    done = subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def test_scenarios_are_tests(folder: Path) -> None:
    (folder / "good/two.yaml").write_text(MATRIX)
    (folder / "skipped.yaml").write_text(SKIPPED)
    (folder / "compose.yaml").write_text("name: no scenario\nservices: {}\n")
    (folder / "bad/step.yaml").unlink()
    code, out = run(folder, ".", "-ra")
    assert code == 1
    assert "1 failed, 3 passed, 1 skipped" in out
    assert "SKIPPED [1]" in out
    assert "skipped: no time" in out
    assert "failing.yaml:14: send" in out
    assert "expected error wrong_epoch" in out
    assert "again: mimi-sim run failing.yaml --seed 1" in out
    assert "Traceback" not in out


def test_tags_are_markers_and_a_matrix_is_several_tests(folder: Path) -> None:
    (folder / "good/two.yaml").write_text(MATRIX)
    code, out = run(folder, "good", "-m", "slow", "--collect-only")
    assert code == 0
    assert [line for line in out.splitlines() if "::" in line] == [
        "good/two.yaml::a test[http2=false]",
        "good/two.yaml::a test[http2=true]",
    ]


def test_another_seed_and_a_tag_that_decides_nothing(folder: Path) -> None:
    text = (folder / "failing.yaml").read_text()
    (folder / "failing.yaml").write_text(text.replace("topology:", "tags: [skip, xfail]\ntopology:", 1))
    code, out = run(folder, "failing.yaml", "--mimi-seed", "7")
    assert code == 1
    assert "--seed 7" in out


def test_a_bad_file_is_explained(folder: Path) -> None:
    code, out = run(folder, "bad")
    assert code == 2
    assert 'bad/step.yaml:13:5: unknown step "ad_users" (did you mean "add_users"?)' in out
