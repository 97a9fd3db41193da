"""What commands share."""

from pathlib import Path

import pytest
import typer

from simulator.cli.arguments import assignments, seed
from simulator.errors import SimulatorError
from tests.cli.process import mimi_sim


def test_assignments() -> None:
    assert assignments(["members=3", "text=a=b"]) == {"members": "3", "text": "a=b"}
    assert assignments(None) == {}


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        (["members"], "--set members: write NAME=VALUE"),
        (["=3"], "--set =3: write NAME=VALUE"),
        (["a=1", "a=2"], "--set a=2: a is set twice"),
    ],
)
def test_what_is_no_assignment(settings: list[str], complaint: str) -> None:
    with pytest.raises(SimulatorError) as caught:
        assignments(settings)
    assert str(caught.value) == complaint


def test_what_is_a_seed() -> None:
    assert [seed(text) for text in ("0", "007", str(2**63 - 1))] == [0, 7, 2**63 - 1]
    for text in ("-1", "x", "", "1.5", str(2**63), "9" * 5000, "\u0663"):
        with pytest.raises(typer.BadParameter, match="a seed is a whole number from 0 to"):
            seed(text)


def completions(folder: Path, words: str) -> list[str]:
    """What bash would offer for the last word."""
    steering = {"_MIMI_SIM_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    return mimi_sim(cwd=folder, **steering).out.split()


def test_a_shell_completes_paths_tags_structs_and_commands(folder: Path) -> None:
    (folder / "good").rename(folder / "scenarios")
    text = (folder / "scenarios/one.yaml").read_text()
    (folder / "scenarios/one.yaml").write_text(text.replace("topology:", "tags: [slow, other]\ntopology:", 1))
    assert completions(folder, "mimi-sim run sc") == ["scenarios/"]
    assert completions(folder, "mimi-sim run scenarios/o") == ["scenarios/one.yaml"]
    assert completions(folder, "mimi-sim run --tag sl") == ["slow"]
    assert sorted(completions(folder, "mimi-sim decode KeyPackageT")) == ["KeyPackageTBS", "KeyPackageTarget"]
    assert "decode" in completions(folder, "mimi-sim d")
    assert completions(folder, "mimi-sim run --draft mimi-t") == ["mimi-transport-00", "mimi-transport-01"]
