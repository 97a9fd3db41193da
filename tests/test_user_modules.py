"""Modules that are not installed are imported from where they are, and from nowhere else."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.user_modules import BadModule, import_from
from tests.own_drafts import forgotten, package


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    with forgotten():
        yield


def test_a_package_imports_its_parts_by_either_name_and_nothing_beside_it(tmp_path: Path) -> None:
    folder = package(tmp_path, "elsewhere", "from elsewhere.part import A\nfrom .part import A as B\n")
    (folder / "part.py").write_text("A = object()\n")
    package(tmp_path, "beside", "X = 1\n")
    path = list(sys.path)
    module = import_from(folder)
    assert module.__name__ == "elsewhere"
    assert module.A is module.B
    assert import_from(folder) is module
    assert sys.path == path
    with pytest.raises(ModuleNotFoundError):
        import beside  # noqa: F401


def test_a_package_in_another_is_imported_as_a_part_of_it(tmp_path: Path) -> None:
    package(tmp_path, "outer_one", "X = 1\n")
    inner = package(tmp_path / "outer_one", "inner", "from outer_one import X\n")
    assert import_from(inner).__name__ == "outer_one.inner"
    assert import_from(inner).X == 1


def test_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "single_file.py").write_text("X = 2\n")
    monkeypatch.chdir(tmp_path)
    assert import_from(Path("single_file.py")).X == 2


def test_what_is_installed_is_not_imported_twice() -> None:
    assert import_from(Path(__file__).parents[1] / "simulator" / "drafts") is sys.modules["simulator.drafts"]


def test_paths_that_lead_to_no_module(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.txt").write_text("")
    for name, words in (
        ("nothing", "No such file"),
        ("empty", "empty is no package: there is no __init__.py in this folder"),
        ("text.txt", r"expected a package's folder or a \.py file"),
        (package(tmp_path, "my-draft", "\n").name, 'Python can\'t import "my-draft"'),
        (package(tmp_path, "json", "\n").name, 'another module "json" already, in .*rename this one'),
        (package(tmp_path, "marshal", "\n").name, 'another module "marshal" already, one of Python'),
    ):
        with pytest.raises(BadModule, match=words):
            import_from(tmp_path / name)


def test_a_module_that_raises_is_named_with_its_line_and_can_be_mended(tmp_path: Path) -> None:
    folder = package(tmp_path, "raising", "\nfrom raising import part\n")
    (folder / "part.py").write_text("import json\n\n\nX = json.loads('{')\n")
    with pytest.raises(BadModule, match=r"raising/part\.py:4: JSONDecodeError: Expecting"):
        import_from(folder)
    (folder / "part.py").write_text("X = = 1\n")
    with pytest.raises(BadModule, match=r"raising/part\.py:1: SyntaxError: invalid syntax"):
        import_from(folder)
    (folder / "part.py").write_text("X = 1\nraise SystemExit(3)\n")
    with pytest.raises(BadModule, match=r"raising/part\.py:2: SystemExit: 3"):
        import_from(folder)
    (folder / "part.py").write_text("X = 1  # in order now\n")
    assert import_from(folder).part.X == 1


def test_a_module_whose_files_have_changed_is_imported_anew(tmp_path: Path) -> None:
    folder = package(tmp_path, "edited", "from edited import part\n")
    part = folder / "part.py"
    for number in range(3):  # as quickly as a program can, and as long as before
        part.write_text(f"X = {number}\n")
        module = import_from(folder)
        assert number == module.part.X
        assert import_from(folder) is import_from(folder / "__init__.py") is module
    (folder / "other.py").write_text("X = 3\n")
    part.write_text("from edited.other import X\n")
    assert import_from(folder).part.X == 3
    part.write_text("X = = 4\n")
    with pytest.raises(BadModule, match=r"edited/part\.py:1: SyntaxError"):
        import_from(folder)
    part.write_text("X = 5\n")
    assert import_from(folder).part.X == 5
    assert module.part.X == 2


def test_only_what_is_in_the_package_is_imported_anew(tmp_path: Path) -> None:
    outer = package(tmp_path, "outer_kept", "X = object()\n")
    inner = package(outer, "inner", "from outer_kept import X\n")
    before = import_from(inner)
    (inner / "__init__.py").write_text("from outer_kept import X\n\nY = 1\n")
    after = import_from(inner)
    assert (after.X is before.X, after.Y) == (True, 1)
    assert sys.modules["outer_kept"].inner is after


def test_what_is_gone_keeps_no_other_from_its_name(tmp_path: Path) -> None:
    first = package(tmp_path / "a", "moved", "X = 1\n")
    second = package(tmp_path / "b", "moved", "X = 2\n")
    assert import_from(first).X == 1
    with pytest.raises(BadModule, match=r'another module "moved" already, in .*/a/moved/'):
        import_from(second)
    shutil.rmtree(first)
    assert import_from(second).X == 2
