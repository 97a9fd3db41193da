"""What the README shows runs as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

from simulator.scenario import Result, load_file, run_scenario
from simulator.scenario.loader import Scenario
from simulator.scenario.report import ScenarioResult

README = (Path(__file__).parent.parent / "README.md").read_text()


class _Silent:
    def scenario_began(self, scenario: Scenario) -> None: ...

    def step_began(self, scenario: Scenario, number: int) -> None: ...

    def scenario_ended(self, result: ScenarioResult) -> None: ...


def _block(language: str) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return block


def test_the_python_example() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", _block("python")], capture_output=True, text=True)
    assert done.stderr == ""
    assert "a.example deliver_message ds.b.example 200" in done.stdout


async def test_the_scenario(tmp_path: Path) -> None:
    file = tmp_path / "shown.yaml"
    file.write_text(f"name: Shown in the README\n{_block('yaml')}")
    result = await run_scenario(load_file(file), None, _Silent())
    assert result.result is Result.passed, result.steps
