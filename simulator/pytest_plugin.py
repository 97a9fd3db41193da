"""A plugin for pytest: `pytest scenarios/` collects scenario files, each scenario a test.

A test is named as its scenario, with what was chosen of the matrix; `-m` knows it by its tags. Skipped and unsupported
scenarios are skipped tests. A file is a scenario if it says so clearly: `name:` and `steps:` at its top, and providers
in its `topology:`, parts in its `include:`, or steps that only we have. All others are left alone, and so are the
markers of others. Every pytest of the environment loads this file, so it imports nothing of ours before a file has such
words.
"""

import re
import warnings
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from simulator.scenario import Scenario, ScenarioResult
    from simulator.scenario.loading.nodes import Mapping

_LONGEST = 2**20
"""So many bytes of a file are looked at."""
_TOP = re.compile(r"^(name|topology|include|steps|part)[ \t]*:", re.MULTILINE)
"""The fields of a scenario and of a part by which they are known."""
_INSIDE = re.compile(r"^[ \t{-].*?\b(?:providers|generate|[a-z]+(?:_[a-z]+)+)[ \t]*:", re.MULTILINE)
"""What is in a scenario, where the file is no YAML so that no more can be known."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our options."""
    group = parser.getgroup("mimi-sim", "MIMI scenarios")
    group.addoption(
        "--mimi-seed", type=_seed, default=None, metavar="SEED", help="Use this seed instead of each file's."
    )
    group.addoption(
        "--mimi-draft",
        default=None,
        metavar="NAME|PATH",
        help="The draft, whatever a file says: its name, or the folder of a package that is not installed.",
    )
    group.addoption(
        "--mimi-waive",
        action="append",
        default=[],
        metavar="ID",
        help="Nobody keeps this rule, or the rules of this requirement.",
    )


def _seed(text: str) -> int:
    """As `mimi-sim run --seed` takes it. Raises ArgumentTypeError."""
    import typer

    from simulator.cli.arguments import seed

    try:
        return seed(text)
    except typer.BadParameter as error:
        raise ArgumentTypeError(error.message) from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """A file that says clearly that it is a scenario."""
    if file_path.suffix not in (".yaml", ".yml") or not _is_scenario(file_path):
        return None
    return ScenarioFile.from_parent(parent, path=file_path, nodeid=_nodeid(file_path, parent.config.rootpath))


def _is_scenario(file: Path) -> bool:
    text = _glance(file)
    tops = set(_TOP.findall(text))
    if not {"name", "steps"} <= tops or not {"topology", "include"} & tops:
        return False
    from simulator.scenario.loading.nodes import Mapping
    from simulator.scenario.loading.problems import Problems
    from simulator.scenario.loading.tree import parse

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        root = parse(text, Problems(file.name, text))
    if root is None:
        return _INSIDE.search(text) is not None
    return isinstance(root, Mapping) and _has_our_shape(root, file)


def _has_our_shape(root: "Mapping", file: Path) -> bool:
    from simulator.scenario.loading.nodes import Mapping, Scalar, items
    from simulator.scenario.steps import STEPS

    topology, include = root.values.get("topology"), root.values.get("include")
    if isinstance(topology, Mapping):
        named = (topology.values.get(name) for name in ("providers", "generate"))
        if any(isinstance(each, Mapping) for each in named):
            return True
    included = [str(each.value) for each in items(include) if isinstance(each, Scalar)] if include else []
    if any("part" in _TOP.findall(_glance(file.parent / name)) for name in included):
        return True
    words = {word for step in items(root.values["steps"]) if isinstance(step, Mapping) for word in step.values}
    return any("_" in word for word in words & set(STEPS))  # of a single word others may have the same


def _glance(file: Path) -> str:
    """The beginning of a file; nothing of what can't be read."""
    try:
        if not file.is_file():
            return ""
        with file.open("rb") as opened:
            return opened.read(_LONGEST).decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    except (OSError, ValueError):
        return ""


def _nodeid(file: Path, root: Path) -> str | None:
    """What pytest calls the file, where its own way to do so would show what steers a terminal."""
    from simulator.printable import printable

    if str(file).isprintable():
        return None
    return printable(file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file))


class ScenarioFile(pytest.File):
    """A scenario file."""

    def collect(self) -> Iterable["ScenarioItem"]:
        """Its scenarios. Raises CollectError with all that is wrong with it."""
        from simulator.drafts import registry
        from simulator.errors import SimulatorError
        from simulator.printable import printable, printable_lines
        from simulator.scenario import load
        from simulator.scenario.rule_names import check_all_waivable

        shown, draft = _shown(self.path), self.config.getoption("--mimi-draft")
        try:
            scenarios = load([shown], draft=None if draft is None else registry.find(draft))
            waived = check_all_waivable(self.config.getoption("--mimi-waive"))
        except SimulatorError as error:
            raise self.CollectError(printable_lines(str(error))) from None
        bare = shown.with_suffix("").as_posix()
        for scenario in scenarios:
            name = printable(scenario.content.name + scenario.id.removeprefix(bare))
            yield ScenarioItem.from_parent(self, name=name, scenario=scenario.waiving(waived))


class ScenarioFailed(Exception):
    """A scenario did not pass."""

    def __init__(self, result: "ScenarioResult") -> None:
        super().__init__(result.scenario.id)
        self.result = result


class ScenarioItem(pytest.Item):
    """One scenario."""

    obj = None
    """No function: what pytest-trio looks for in every test."""

    def __init__(self, *, scenario: "Scenario", **more: Any) -> None:
        super().__init__(**more)
        self.scenario = scenario
        known = {line.partition(":")[0].partition("(")[0].strip() for line in self.config.getini("markers")}
        for tag in scenario.content.tags:
            if tag not in known:
                self.config.addinivalue_line("markers", f"{tag}: a tag of a scenario")

    def iter_markers(self, name: str | None = None) -> Iterator[pytest.Mark]:
        """Those that were set by whoever runs pytest, and the tags, but for who asks for one by its name: `-m` asks for
        all, plugins for what has a meaning to them.
        """
        yield from super().iter_markers(name)
        if name is None:
            yield from (getattr(pytest.mark, tag).mark for tag in self.scenario.content.tags)

    def runtest(self) -> None:
        """Run it. Raises ScenarioFailed."""
        import trio

        from simulator.scenario import NullObserver, Result, run_scenario

        seed = self.config.getoption("--mimi-seed")
        result = trio.run(run_scenario, self.scenario, seed, NullObserver())
        if result.result in (Result.skipped, Result.unsupported):
            pytest.skip(f"{result.result}: {result.reason}")
        if result.result is not Result.passed:
            raise ScenarioFailed(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Our own report; the traceback of pytest for what is no result of a scenario."""
        if isinstance(excinfo.value, ScenarioFailed):
            return "\n".join(_report(excinfo.value.result, self.config))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is, and what it is called."""
        return self.path, 0, self.name


def _report(result: "ScenarioResult", config: pytest.Config) -> Iterator[str]:
    from simulator.cli.output.lines import failure

    draft, waived = config.getoption("--mimi-draft"), config.getoption("--mimi-waive")
    given = [*([] if draft is None else [("--draft", draft)]), *(("--waive", each) for each in waived)]
    options = [word for option in given for word in option]
    return (line.plain for line in failure(result, debug=True, options=options))


def _shown(path: Path) -> Path:
    """As one would type it from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
