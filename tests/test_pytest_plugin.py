"""`pytest scenarios/`, in a pytest of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import FAILING, PASSING, environment, write_scenarios
from tests.own_drafts import package

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


def test_another_draft(folder: Path) -> None:
    package(folder, "mine")
    code, out = run(folder, "failing.yaml", "--mimi-draft", "./mine")
    assert code == 1
    assert "again: mimi-sim run failing.yaml --seed 1 --draft ./mine" in out
    code, out = run(folder, "failing.yaml", "--mimi-draft", "./none")
    assert (code, "none: No such file or directory" in out) == (2, True), out


def test_rules_that_nobody_keeps(folder: Path) -> None:
    code, out = run(folder, "failing.yaml", "--mimi-waive", "P-4-ONE-COMMIT", "--mimi-waive", "T-SECURITY-RECIPIENT")
    assert code == 1
    assert "run failing.yaml --seed 1 --waive P-4-ONE-COMMIT --waive T-SECURITY-RECIPIENT" in out
    code, out = run(folder, "failing.yaml", "--mimi-waive", "T-SECURITY-RECIPENT")
    assert (code, 'did you mean "T-SECURITY-RECIPIENT"' in out) == (2, True), out


def test_a_bad_file_is_explained(folder: Path) -> None:
    code, out = run(folder, "bad")
    assert code == 2
    assert 'bad/step.yaml:13:5: unknown step "ad_users" (did you mean "add_users"?)' in out


THEIRS = {
    "compose.yaml": "name: shop\ninclude:\n  - infra.yaml\nservices: {web: {image: x}}\n",
    "lab.clab.yml": "name: lab\ntopology:\n  nodes: {n1: {kind: linux}}\n",
    "pipeline.yml": "name: $(Date)\ninclude: other.yml\nsteps:\n  - script: make\n  - send: mail\n  - request: {}\n",
    "plan.yaml": "name: plan\ntopology: {providers: [aws, gcp]}\nsteps:\n  - apply: all\n",
    "net.yaml": "name: net\ntopology: {nodes: {providers: {x: 1}}}\nsteps: [up]\n",
    "list.yaml": "- name: x\n- topology: y\n- steps: z\n",
    "tags.yaml": "name: !Sub x\ninclude: !include y\nsteps: !Ref z\n",
    "broken.yaml": "name: {\nsteps: [\ntopology: *nobody\n",
    "later.yaml": "%YAML 1.9\n---\nname: x\ninclude: y\nsteps: []\n",
    "big.yaml": "name: x\nsteps: []\ninclude: y\nvalues: [" + "9" * 5000 + "]\n",
    "deep.yaml": "name: x\nsteps: []\ninclude: " + "[" * 5000,
    "other.yml": "part: of something\n",
}


def test_what_others_have_is_left_alone(folder: Path) -> None:
    place = folder / "theirs"
    place.mkdir()
    for name, text in THEIRS.items():
        (place / name).write_text(text)
    (place / "other.yml").write_text("parts: of something\n")
    (place / "bytes.yaml").write_bytes(b"name: \xff\ntopology: \x00\nsteps:")
    (place / "gone.yaml").symlink_to("nowhere")
    (place / "test_theirs.py").write_text("def test_theirs():\n    pass\n")
    code, out = run(folder, "theirs")
    assert (code, "1 passed" in out) == (0, True), out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PASSING.replace("providers:", "provders:"), 'no field "provders"'),
        (PASSING.replace("topology:", "topology: {{\n", 1), "not YAML"),
        ("name: x\ninclude: parts/team.yml\nsteps: [{sned: x}]\n", 'unknown step "sned"'),
        ("name: x\ninclude: nowhere.yaml\nsteps: [{create_group: alice}]\n", "there is no file nowhere.yaml"),
    ],
)
def test_what_is_wrong_with_ours_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/team.yml").write_text("part: x\ntopology: {providers: {a.example: {users: {alice: [phone]}}}}\n")
    (tmp_path / "ours.yaml").write_text(text)
    code, out = run(tmp_path, "ours.yaml")
    assert (code, said in out) == (2, True), out


CONFTEST = """
import pytest

def pytest_configure(config):
    config.addinivalue_line("markers", "timeout(seconds): somebody's")

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    for name in ("timeout", "trio", "asyncio", "flaky", "skip", "xfail", "usefixtures", "order", "django_db"):
        assert item.get_closest_marker(name) is None
        assert name not in item.keywords
        assert not list(item.iter_markers(name))
    assert not item.own_markers
"""


def test_tags_mean_nothing_to_others_and_select_all_the_same(folder: Path) -> None:
    words = "timeout, trio, asyncio, flaky, skip, xfail, usefixtures, order, django_db, parametrize, filterwarnings"
    (folder / "good/two.yaml").write_text(PASSING.replace("topology:", f"tags: [{words}]\ntopology:", 1))
    (folder / "conftest.py").write_text(CONFTEST)
    for expression in (" and ".join(words.split(", ")), "flaky", "not timeout"):
        code, out = run(folder, "good", "-m", expression, "--collect-only")
        has = not expression.startswith("not")
        assert (code, "good/two.yaml::a test" in out, "good/one.yaml" in out) == (0, has, not has), expression
    code, out = run(folder, "good")
    assert (code, "2 passed" in out) == (0, True), out


@pytest.mark.parametrize("seed", ["-5", "9" * 30, str(2**63), "1.5", "", "x", "٣"])
def test_a_seed_is_what_the_command_line_takes_for_one(folder: Path, seed: str) -> None:
    code, out = run(folder, "good", f"--mimi-seed={seed}")
    assert (code, "a seed is a whole number from 0 to 9223372036854775807" in out) == (4, True), out


def test_no_name_steers_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\u202eb.yaml").write_text(FAILING)
    _, said = run(tmp_path, "-v", "-rA")
    assert "1 failed" in said
    assert "again: mimi-sim run $'a\\033[31m\\342\\200\\256b.yaml' --seed 1" in said
    (tmp_path / "c\x1b[31md.yaml").write_text(FAILING.replace("send:", "sned:"))
    code, more = run(tmp_path, "-v", "-rA")
    assert code == 2
    assert "\x1b" not in said + more
    assert "\u202e" not in said + more
