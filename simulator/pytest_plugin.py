"""A plugin for pytest: `pytest scenarios/` collects scenario files, each scenario a test.

A test is named as its scenario, with what was chosen of the matrix; its tags are markers. Skipped and unsupported
scenarios are skipped tests. Files that are not scenarios at their first glance are left alone. Every pytest of the
environment loads this file, so it imports nothing of ours before a scenario is there.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from simulator.scenario import Scenario, ScenarioResult

_NAME = re.compile(r"^name:", re.MULTILINE)
_THEIRS = ("skip", "skipif", "xfail", "parametrize", "usefixtures", "filterwarnings")
"""Markers by which pytest decides what becomes of a test: a tag of that name must not."""
_WHO = re.compile(r"^(topology|include):", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our option."""
    group = parser.getgroup("mimi-sim", "MIMI scenarios")
    group.addoption("--mimi-seed", type=int, default=None, metavar="SEED", help="Use this seed instead of each file's.")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """A file that has the looks of a scenario."""
    if file_path.suffix not in (".yaml", ".yml") or not file_path.is_file():
        return None
    text = file_path.read_text(encoding="utf-8", errors="replace")
    if not _NAME.search(text) or not _WHO.search(text):
        return None
    return ScenarioFile.from_parent(parent, path=file_path)


class ScenarioFile(pytest.File):
    """A scenario file."""

    def collect(self) -> Iterable["ScenarioItem"]:
        """Its scenarios. Raises CollectError with all that is wrong with it."""
        from simulator.errors import SimulatorError
        from simulator.scenario import load

        shown = _shown(self.path)
        try:
            scenarios = load([shown])
        except SimulatorError as error:
            raise self.CollectError(str(error)) from None
        bare = shown.with_suffix("").as_posix()
        for scenario in scenarios:
            name = scenario.content.name + scenario.id.removeprefix(bare)
            yield ScenarioItem.from_parent(self, name=name, scenario=scenario)


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
        for tag in scenario.content.tags:
            self.config.addinivalue_line("markers", f"{tag}: a tag of a scenario")
            if tag not in _THEIRS:
                self.add_marker(tag)

    def runtest(self) -> None:
        """Run it. Raises ScenarioFailed."""
        import trio

        from simulator.scenario import Result, run_scenario

        seed = self.config.getoption("--mimi-seed")
        result = trio.run(run_scenario, self.scenario, seed, _Nobody())
        if result.result in (Result.skipped, Result.unsupported):
            pytest.skip(f"{result.result}: {result.reason}")
        if result.result is not Result.passed:
            raise ScenarioFailed(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Our own report; the traceback of pytest for what is no result of a scenario."""
        if isinstance(excinfo.value, ScenarioFailed):
            return "\n".join(_report(excinfo.value.result))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is, and what it is called."""
        return self.path, 0, self.name


def _report(result: "ScenarioResult") -> Iterator[str]:
    from simulator.cli.lines import failure

    return (line.plain for line in failure(result, debug=True))


def _shown(path: Path) -> Path:
    """As one would type it from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


class _Nobody:
    """An observer who does not look."""

    def scenario_began(self, scenario: "Scenario") -> None:
        pass

    def step_began(self, scenario: "Scenario", number: int) -> None:
        pass

    def scenario_ended(self, result: "ScenarioResult") -> None:
        pass
