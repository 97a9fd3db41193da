"""`--draft NAME|PATH` in every command that reads scenarios or traces, for a draft that is installed or is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.cli.commands import COMMANDS, TRACE_COMMANDS
from simulator.drafts import DRAFTS
from simulator.trace import read_all
from tests.cli.process import PASSING, ROOT, as_process, mimi_sim
from tests.own_drafts import forgotten, install, package

KNOWN = ", ".join(draft.name for draft in DRAFTS)
WITH_DRAFT = {
    "run",
    "check",
    "list",
    "show",
    "steps",
    "coverage",
    "decode",
    "schema",
    "serve",
    "guide",
    "new",
}


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    with forgotten():
        yield


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder with a scenario, and the package of a draft `mine` beside it."""
    package(tmp_path, "mine", more='structs={"Mine": next(iter(DRAFTS[0].structs.values()))}, requirements=()')
    (tmp_path / "one.yaml").write_text(PASSING)
    return tmp_path


def test_all_commands_about_drafts_take_the_same_option() -> None:
    having = {
        name
        for name, command in (
            *COMMANDS.items(),
            *((f"trace {name}", command) for name, command in TRACE_COMMANDS.items()),
        )
        if "draft" in command.__annotations__
    }
    assert having == WITH_DRAFT


def test_scenarios_run_in_it_also_side_by_side(mine: Path) -> None:
    (mine / "two.yaml").write_text(PASSING)
    ended = mimi_sim("run", ".", "--draft", "./mine", "-j", "2", "--trace", "traces", cwd=mine)
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[-1].startswith("2 scenarios in mine: 2 passed (")
    traces = read_all(mine / "traces")
    assert [trace.header.draft for trace in traces] == ["mine", "mine"]
    assert mimi_sim("trace", "diff", "traces", "traces", cwd=mine).code == 0
    exported = mimi_sim("trace", "export", "traces", "--to", "jsonl", "-o", "-", cwd=mine)
    assert '"decoded": {' in exported.out or '"decoded":{' in exported.out


def test_a_failure_says_how_to_run_it_again_in_it(mine: Path) -> None:
    (mine / "one.yaml").write_text(PASSING + "  - send: {by: bob, group: team}\n    expect: {error: wrong_epoch}\n")
    ended = mimi_sim("run", "one.yaml", "--draft", "./mine", cwd=mine)
    assert "again: mimi-sim run one.yaml --seed 1 --draft ./mine" in ended.err + ended.out


def test_a_file_may_name_one_that_was_given(mine: Path) -> None:
    text = PASSING.replace("topology:", "topology:\n  draft: mine", 1)
    (mine / "one.yaml").write_text(text)
    ended = mimi_sim("check", "one.yaml", cwd=mine)
    assert (ended.code, 'unknown draft "mine"' in ended.err) == (2, True)
    assert mimi_sim("check", "one.yaml", "--draft", "./mine", cwd=mine).code == 0
    assert "draft: mine" in mimi_sim("show", "one.yaml", "--draft", "mine/__init__.py", cwd=mine).out


def test_names_show(mine: Path) -> None:
    assert mimi_sim("decode", "--draft", "./mine", cwd=mine).out.split().count("Mine") == 1
    assert "Mine" not in mimi_sim("decode", "--draft", "mimi-transport-00", cwd=mine).out.split()
    ended = mimi_sim("coverage", "one.yaml", "--draft", "./mine", cwd=mine)
    assert "requirements of mine:" in ended.out


def test_an_installed_one_is_known_everywhere(mine: Path) -> None:
    site = mine / "site"
    site.mkdir()
    (mine / "mine").rename(site / "mine")
    install(site, "mine", "mine")
    here = {"cwd": mine, "PYTHONPATH": f"{ROOT}:{site}"}
    assert as_process("run", "one.yaml", "--draft", "mine", **here).code == 0
    words = {"_MIMI_SIM_COMPLETE": "complete_bash", "COMP_WORDS": "mimi-sim run --draft m", "COMP_CWORD": "3"}
    assert as_process(**here, **words).out.split() == [*(draft.name for draft in DRAFTS), "mine"]
    (mine / "one.yaml").write_text(PASSING.replace("topology:", "topology:\n  draft: mine", 1))
    assert as_process("check", "one.yaml", **here).code == 0
    (site / "mine" / "__init__.py").write_text("DRAFT = 1\n")
    ended = as_process("check", "one.yaml", **here)
    assert ended.code == 2
    assert "warning: an installed draft is left out: " in ended.err
    assert "DRAFT is no simulator.drafts.draft.Draft, but an int" in ended.err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--draft", "min"), '--draft min: unknown draft "min"; known: mimi-transport-00'),
        (
            ("--draft", "mine"),
            f'--draft mine: unknown draft "mine"; known: {KNOWN}; is it the folder here?',
        ),
        (("--draft", "./nowhere"), "--draft ./nowhere: nowhere: No such file or directory"),
        (("--profile", "mine"), "--profile is --draft now"),
        (("--profile=mine",), "--profile is --draft now"),
    ],
)
def test_what_is_wrong_with_it_is_said_once(mine: Path, given: tuple[str, ...], words: str) -> None:
    for command in (("run", "one.yaml"), ("coverage",), ("schema",)):
        ended = mimi_sim(*command, *given, cwd=mine)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith(words)


def test_what_is_for_others_says_so(mine: Path) -> None:
    (mine / "two.yaml").write_text(PASSING.replace("topology:", "drafts: [mimi-transport-00]\ntopology:", 1))
    (mine / "bad.yaml").write_text(PASSING.replace("create_group", "create_grop"))
    assert "bad.yaml" in mimi_sim("check", ".", "--draft", "./mine", cwd=mine).err
    (mine / "bad.yaml").unlink()
    assert mimi_sim("list", ".", "--draft", "./mine", cwd=mine).out.split()[0] == "one"
    only = "the file is for mimi-transport-00 only"
    assert mimi_sim("list", ".", "--draft", "./mine", cwd=mine).out.splitlines()[1] == f"two  unsupported  {only}"
    assert mimi_sim("list", "two.yaml", "--draft", "./mine", cwd=mine).err == f"nothing here is for ./mine: {only}\n"


def test_one_that_is_installed_runs_nothing_unasked(mine: Path) -> None:
    site = mine / "site"
    site.mkdir()
    (mine / "mine").rename(site / "mine")
    install(site, "mine", "mine")
    here = {"cwd": mine, "PYTHONPATH": f"{ROOT}:{site}"}
    assert as_process("list", "one.yaml", **here).out.split()[0] == "one"
    text = PASSING.replace("topology:", "drafts: [mimi-transport-00, mine]\ntopology:", 1)
    (mine / "one.yaml").write_text(text)
    listed = as_process("list", "one.yaml", **here).out.splitlines()
    assert [line.split()[0] for line in listed] == ["one[draft=mimi-transport-00]", "one[draft=mine]"]
    assert '"mine"' in as_process("schema", **here).out
