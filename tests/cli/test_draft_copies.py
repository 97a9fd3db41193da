"""A draft is copied, to be changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.cli.draft_copies import copy_draft
from simulator.drafts import DRAFTS, registry
from simulator.errors import SimulatorError
from tests.cli.process import PASSING, mimi_sim
from tests.own_drafts import forgotten

FOR_THE_ORIGINAL = """\
  - request: {by: a.example, to: b.example, method: GET, path: /nowhere}
    only: mimi-transport-00
    expect: {in mimi-transport-00: {http: 404}}
"""
"""What a file says for the one draft is said for its copy, too."""


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    with forgotten():
        yield


def test_the_copy_is_a_draft_of_its_own_in_which_scenarios_run(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(PASSING + FOR_THE_ORIGINAL)
    ended = mimi_sim("new", "my_copy", "--copy-draft", DRAFTS[0].name, cwd=tmp_path)
    assert (ended.code, ended.out.startswith("my_copy: the draft my-copy; run scenarios in it with ")) == (0, True)
    ended = mimi_sim("run", "one.yaml", "--draft", "./my_copy", cwd=tmp_path)
    assert (ended.code, ended.out.splitlines()[-1].startswith("1 scenario in my-copy: 1 passed")) == (0, True), (
        ended.err
    )
    assert not any("simulator.drafts.mimi" in file.read_text() for file in (tmp_path / "my_copy").rglob("*.py"))


@pytest.mark.parametrize("name", DRAFTS.names)
def test_the_copy_of_each_shipped_draft_speaks_as_the_draft_does(name: str, tmp_path: Path) -> None:
    """Where it is made from another package's draft, it is its own package that is copied."""
    original = registry.named(name)
    copy_draft(original, tmp_path / "copied")
    copy = registry.add(tmp_path / "copied")
    assert (copy.name, copy.like) == ("copied", original.like or name)
    (tmp_path / "one.yaml").write_text(PASSING)
    ended = mimi_sim("run", "one.yaml", "--draft", "./copied", cwd=tmp_path)
    assert (ended.code, ended.out.splitlines()[-1].startswith("1 scenario in copied: 1 passed")) == (0, True), (
        ended.out + ended.err
    )
    assert f"simulator.drafts.{name.replace('-', '_')}" not in "".join(
        file.read_text() for file in (tmp_path / "copied").rglob("*.py")
    )


def test_what_can_t_be_copied_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    copy_draft(DRAFTS[0], tmp_path / "first")
    for folder, words in (
        ("first", "there is such a folder already"),
        ("not-a-name", "letters, digits and _ only"),
        ("mimi_transport_00", "there is a draft mimi-transport-00 already"),
    ):
        with pytest.raises(SimulatorError, match=words):
            copy_draft(DRAFTS[0], tmp_path / folder)
    assert [each.name for each in tmp_path.iterdir()] == ["first"]
    registry.add(tmp_path / "first")


def test_it_is_asked_for_alone_and_with_a_folder(tmp_path: Path) -> None:
    for arguments in (
        ("--copy-draft", "x"),
        ("f", "--copy-draft", "x", "--malicious"),
        ("f", "--copy-draft", "x", "--all"),
    ):
        ended = mimi_sim("new", *arguments, cwd=tmp_path)
        assert (ended.code, "copies a draft into a new folder" in ended.err) == (2, True)
