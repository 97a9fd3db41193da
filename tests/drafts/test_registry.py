"""A draft of one's own is known by path and by entry point, by its name everywhere; one that does not fit says why."""

import shutil
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.drafts import DRAFTS, registry
from simulator.drafts.by_name import DraftsByName
from simulator.drafts.registry import UnknownDraft
from simulator.drafts.validation import BadDraft
from simulator.errors import SimulatorWarning
from tests.own_drafts import forgotten, install, package


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    with forgotten():
        yield


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which packages count as installed."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


def test_the_simulators_own_are_known_first() -> None:
    assert registry.known()[: len(DRAFTS)] == tuple(DRAFTS)
    assert registry.names()[: len(DRAFTS)] == DRAFTS.names
    assert registry.named(DRAFTS[0].name) is registry.find(DRAFTS[0].name) is DRAFTS[0]


def test_a_file_that_says_nothing_is_for_the_usual_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = DRAFTS.listed[:2]
    monkeypatch.setattr(registry, "DRAFTS", DraftsByName(replace(first, usual=False), replace(other, usual=True)))
    assert registry.usual() == (DRAFTS[1],)
    assert registry.named(first.name) is DRAFTS[0]


def test_by_path_it_is_known_by_name_from_then_on(tmp_path: Path) -> None:
    folder = package(tmp_path, "mine")
    with pytest.raises(UnknownDraft, match='unknown draft "mine"'):
        registry.named("mine")
    found = registry.find(f"{tmp_path}/mine")
    assert found.name == "mine"
    assert registry.named("mine") is registry.find("mine") is registry.find(f"{folder}/__init__.py") is found
    assert registry.known()[-1] is found
    assert registry.paths()[0] == folder


def test_one_that_was_edited_takes_the_place_of_the_one_from_before(tmp_path: Path) -> None:
    folder = package(tmp_path, "edited")
    before = registry.find(f"{folder}/__init__.py")
    package(tmp_path / "new", "edited", more="structs={}")
    shutil.copy(tmp_path / "new" / "edited" / "__init__.py", folder)
    after = registry.find(str(folder))
    assert registry.named("edited") is registry.find(str(folder)) is after is not before
    assert (after.structs, before.structs) == ({}, DRAFTS[0].structs)
    assert [draft.name for draft in registry.known()].count("edited") == 1


def test_one_that_is_gone_keeps_no_other_from_its_name(tmp_path: Path) -> None:
    folders = [package(tmp_path / where, "mine") for where in ("a", "b")]
    registry.find(str(folders[0]))
    shutil.rmtree(folders[0])
    assert registry.find(str(folders[1])) is registry.named("mine")
    assert registry.paths() == (folders[1],)


def test_an_installed_one_is_the_edited_one_too(site: Path) -> None:
    folder = package(site, "installed_edited")
    install(site, "installed_edited", "installed_edited")
    before = registry.find(str(folder))
    (folder / "__init__.py").write_text((folder / "__init__.py").read_text() + "# edited\n")
    after = registry.find(str(folder))
    assert registry.known()[-1] is registry.named("installed_edited") is after is not before


def test_a_name_is_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path, "mine")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownDraft, match=r"is it the folder here\? Then write \./mine"):
        registry.find("mine")
    with pytest.raises(UnknownDraft, match=r'"mimi-transport-10" \(did you mean "mimi-transport-0[01]"\?\)$'):
        registry.find("mimi-transport-10")
    with pytest.raises(UnknownDraft, match=rf"known: {DRAFTS[0].name}"):
        registry.find("unlike any")


@pytest.mark.parametrize("value", ["installed_one", "installed_one:DRAFT"])
def test_an_installed_one_is_known_without_being_asked_for(site: Path, value: str) -> None:
    package(site, "installed_one")
    install(site, "installed_one", value)
    assert [draft.name for draft in registry.known()] == [*(draft.name for draft in DRAFTS), "installed_one"]
    assert registry.find("installed_one") is registry.find(f"{site}/installed_one")
    assert registry.known()[-1] is registry.named("installed_one")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("X = 1\n", r"unfit/__init__\.py: DRAFT is missing"),
        ("raise ValueError('no')\n", r"unfit/__init__\.py:1: ValueError: no"),
        ("from simulator.drafts.draft import Draft\n\nDRAFT = Draft(name='unfit')\n", r":3: TypeError: .*missing"),
        ("DRAFT = 'unfit'\n", "DRAFT is no simulator.drafts.draft.Draft, but a str"),
    ],
)
def test_one_that_does_not_fit(tmp_path: Path, site: Path, text: str, words: str) -> None:
    package(tmp_path, "unfit", text)
    with pytest.raises(BadDraft, match=words):
        registry.find(f"{tmp_path}/unfit")
    package(site, "unfit", text)
    install(site, "unfit", "unfit", distribution="its-package")
    with pytest.warns(SimulatorWarning, match="an installed draft is left out"):
        assert registry.known() == tuple(DRAFTS)
    with pytest.raises(BadDraft, match=words):
        registry.named("unfit")


def test_installed_ones_that_are_broken_keep_nobody_from_the_others(site: Path) -> None:
    install(site, "gone", "no_such_module", distribution="its-package")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert registry.named(DRAFTS[0].name) is DRAFTS[0]
    with pytest.warns(SimulatorWarning, match="gone = no_such_module of the package its-package can't be imported"):
        registry.known()


def test_no_two_have_one_name(tmp_path: Path) -> None:
    package(tmp_path, "twin", more="structs={}")
    package(tmp_path, "other", (tmp_path / "twin" / "__init__.py").read_text())
    registry.find(f"{tmp_path}/twin")
    with pytest.raises(BadDraft, match=r'there is a draft "twin" already, of .*/twin: give one another name'):
        registry.find(f"{tmp_path}/other")
    package(tmp_path, "first", (tmp_path / "twin" / "__init__.py").read_text().replace("twin", DRAFTS[0].name))
    with pytest.raises(BadDraft, match="already, the simulator's own"):
        registry.find(f"{tmp_path}/first")


def test_no_two_installed_ones_have_one_name(site: Path) -> None:
    package(site, "a_twin", more="structs={}")
    package(site, "b_twin", (site / "a_twin" / "__init__.py").read_text())
    install(site, "a_twin", "a_twin")
    install(site, "b_twin", "b_twin")
    with pytest.warns(SimulatorWarning, match=r'there is a draft "a_twin" already, of an installed package'):
        registry.known()
