"""Small scenarios for tests: three providers, a few steps, a result."""

from pathlib import Path

from simulator.net import Authority, reserved_port
from simulator.scenario import Mismatch, Result, Scenario, ScenarioResult, StepResult, run_scenario
from simulator.scenario.loading.loader import read
from simulator.trace import Recorder

TOPOLOGY = """
name: a test
topology:
  key_packages: 3
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
    c.example: {users: {carol: [phone]}}
steps:
"""

WITH_LAPTOP = TOPOLOGY.replace("alice: [phone]", "alice: [phone, laptop]")
"""The same, but Alice has two clients, so that her name alone is no client's."""

TEAM = """
  - connect: {from: alice.phone, to: [bob, carol]}
  - create_group: alice.phone
    as: team
  - add_users: {by: alice.phone, group: team, users: [bob, carol]}
"""
"""Alice's phone, Bob and Carol in a group that a.example owns, in epoch 1."""


def with_external(folder: Path) -> str:
    """The same topology, but c.example is somebody else's, and nobody is there."""
    (folder / "theirs.pem").write_bytes(Authority().certificate_pem)
    with reserved_port() as one, reserved_port() as other:
        ports = [socket.getsockname()[1] for socket in (one, other)]
    fields = [
        *(f"port: {port}" for port in ports),
        f"external: {{address: 127.0.0.1, port: 9, ca: {folder}/theirs.pem}}",
    ]
    head = TOPOLOGY
    for name, field in zip("abc", fields, strict=True):
        head = head.replace(f"{name}.example: {{", f"{name}.example: {{{field}, ")
    return head


class Silent:
    """An observer that keeps what it saw."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def scenario_began(self, scenario: Scenario) -> None:
        self.seen.append("began")

    def step_began(self, scenario: Scenario, number: int) -> None:
        self.seen.append(f"step {number} {scenario.steps[number - 1].label}")

    def scenario_ended(self, result: ScenarioResult) -> None:
        self.seen.append(result.result.value)


def scenario(steps: str, head: str | None = None) -> Scenario:
    """Steps as YAML behind a topology, with Alice's laptop where they speak of it. Raises ScenarioFileError."""
    head = head or (WITH_LAPTOP if "alice.laptop" in steps else TOPOLOGY)
    return Scenario("test", "test.yaml", read(head + steps, "test.yaml"))


async def play(
    steps: str, head: str | None = None, *, seed: int = 1, recorder: Recorder | None = None
) -> ScenarioResult:
    """Run a small scenario."""
    return await run_scenario(scenario(steps, head), seed, Silent(), recorder)


async def passes(steps: str, head: str | None = None) -> ScenarioResult:
    """Run a small scenario that must pass."""
    result = await play(steps, head)
    assert result.result is Result.passed, culprit(result)
    return result


async def fails(steps: str, head: str | None = None) -> Mismatch:
    """Run a small scenario that must fail with one mismatch, in its last step."""
    result = await play(steps, head)
    assert result.result is Result.failed, culprit(result)
    assert result.steps[-1].result is Result.failed, "only the last step should fail"
    (mismatch,) = result.steps[-1].mismatches
    return mismatch


def culprit(result: ScenarioResult) -> StepResult | None:
    """The step that did not pass."""
    return next((step for step in result.steps if step.result in (Result.failed, Result.fault)), None)
