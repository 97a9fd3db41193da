"""The house rules that a machine can check: import order, sizes, a test file for each source file, no leftovers."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "simulator").rglob("*.py"))
TESTS = ROOT / "tests"
TOP_LEVEL = {"pyproject.toml", "README.md", "simulator", "scenarios", "tests", "notebooks"}
FOR_TOOLS = {"LICENSE", "CHANGELOG.md", "Makefile", "requirements.lock", "requirements-dev.lock"}

WITHOUT_TEST_FILE = {
    "__init__.py": "a page and its names; what it names has tests of its own",
    "__main__.py": "three lines; tests/cli runs it as a process",
}


def test_the_layers_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0


def test_files_keep_to_the_limit() -> None:
    assert [str(path) for path in SOURCES if len(path.read_text().splitlines()) > 400] == []


def test_functions_keep_to_the_limit() -> None:
    functions = [(path, function) for path in SOURCES for function in _functions(ast.parse(path.read_text()))]
    long = [
        f"{path}: {function.name}" for path, function in functions if (function.end_lineno or 0) - function.lineno >= 60
    ]
    assert long == []


def test_each_source_file_has_its_test_file() -> None:
    wanted = [path for path in SOURCES if path.name not in WITHOUT_TEST_FILE and not _only_declares(path)]
    places = [path.relative_to(ROOT / "simulator") for path in wanted]
    assert [str(place) for place in places if not (TESTS / place.parent / f"test_{place.name}").exists()] == []


def test_the_top_level_is_as_fixed() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {path.partition("/")[0] for path in listed.split("\0") if path}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL | FOR_TOOLS


def _only_declares(path: Path) -> bool:
    """Whether there is nothing to run in a file: structs, values and tables are tested where they are used, and so are
    protocols, whose functions are `...`.
    """
    return all(_is_empty(function) for function in _functions(ast.parse(path.read_text())))


def _is_empty(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A docstring, if any, and `...`: one that does nothing on purpose has no `...`, and is tested."""
    *_, last = function.body
    whole = all(isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) for each in function.body)
    return whole and ast.unparse(last) == "..."


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
