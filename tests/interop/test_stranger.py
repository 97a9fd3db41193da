"""A provider in another process takes a place in the scenarios: an honest one passes, a faulty one is caught."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import trio

from simulator.net import kept_authority, reserved_port
from simulator.scenario import Result, Scenario, ScenarioResult, load_file, run_scenario
from simulator.scenario.scalars import ExistingFile, FilePath
from simulator.scenario.topology import External, Providers, Topology
from tests.scenario.stage import Silent

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = ["stranger/from-outside", "stranger/forwarded-and-forged"]


class Place:
    """Who is where: fixed ports for all providers of a scenario, one of which is the stranger's."""

    def __init__(self, folder: Path, stranger: str, topology: Topology) -> None:
        names = list(topology.providers)
        self.options = [",".join(topology.providers[stranger].users.clients), "yes" if topology.mutual_tls else "no"]
        self.folder = folder
        self.stranger = stranger
        kept_authority(folder)
        with ExitStack() as reserved:
            sockets = [reserved.enter_context(reserved_port()) for _ in names]
            self.ports = dict(zip(names, (each.getsockname()[1] for each in sockets), strict=True))

    def over(self, scenario: Scenario) -> Scenario:
        """The scenario with the stranger in it."""
        providers = {}
        for name, provider in scenario.topology.providers.items():
            changes: dict[str, object] = {"port": self.ports[name]}
            if name == self.stranger:
                ca = ExistingFile(self.folder / "ca.pem")
                changes = {"external": External(address="127.0.0.1", port=self.ports[name], ca=ca)}
            providers[name] = msgspec.structs.replace(provider, **changes)
        topology = msgspec.structs.replace(
            scenario.topology, providers=Providers(providers), authority=FilePath(self.folder)
        )
        return replace(scenario, content=msgspec.structs.replace(scenario.content, topology=topology))

    @asynccontextmanager
    async def occupied(self, fault: str) -> AsyncIterator[None]:
        """Let the stranger serve."""
        ports = [f"{name}={port}" for name, port in self.ports.items()]
        what = [str(self.folder), self.stranger, fault, *self.options]
        command = [sys.executable, "-m", "tests.interop.stranger", *what, *ports]
        process = await trio.lowlevel.open_process(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with trio.fail_after(30):
                assert (await process.stdout.receive_some()).startswith(b"up")
            yield
            await process.stdin.aclose()
            with trio.fail_after(30):
                assert await process.wait() == 0, "the stranger had a fault of its own"
        finally:
            with trio.CancelScope(shield=True):
                if process.poll() is None:
                    process.kill()
                    await process.wait()
                await process.stdin.aclose()
                await process.stdout.aclose()


async def against(tmp_path: Path, file: str, stranger: str, fault: str = "honest") -> ScenarioResult:
    scenario = load_file(ROOT / "scenarios" / f"{file}.yaml")
    place = Place(tmp_path / "authority", stranger, scenario.topology)
    async with place.occupied(fault):
        return await run_scenario(place.over(scenario), None, Silent())


def verdicts(result: ScenarioResult) -> dict[int, Result]:
    """By number of the step."""
    return {number: step.result for number, step in enumerate(result.steps, 1)}


@pytest.mark.parametrize("file", OUTSIDE)
async def test_an_honest_stranger_passes_what_needs_nothing_of_its_insides(tmp_path: Path, file: str) -> None:
    result = await against(tmp_path, file, "b.example")
    assert result.result is Result.passed, [step.message for step in result.steps]


async def test_what_needs_its_insides_is_unsupported_and_the_attack_is_tried_all_the_same(tmp_path: Path) -> None:
    result = await against(tmp_path, "malicious/forwarded-deliver-message", "c.example")
    assert result.result is Result.unsupported, [step.message for step in result.steps]
    assert not {Result.failed, Result.fault} & set(verdicts(result).values())


@pytest.mark.parametrize(
    ("fault", "file", "stranger", "requirement", "words"),
    [
        ("no recipient check", "malicious/forwarded-deliver-message", "c.example", None, "wrong_recipient"),
        ("no recipient check", OUTSIDE[1], "b.example", "T-SECURITY-RECIPIENT", "wrong_recipient"),
        ("no signature check", OUTSIDE[1], "b.example", "T-SECURITY-NAMES", "invalid_signature"),
        ("old TLS", OUTSIDE[0], "b.example", None, "tls version"),
        ("redirects", OUTSIDE[0], "b.example", "T-DISCOVERY-WELL-KNOWN", "http 200"),
    ],
)
async def test_a_faulty_stranger_is_caught(
    tmp_path: Path, fault: str, file: str, stranger: str, requirement: str | None, words: str
) -> None:
    result = await against(tmp_path, file, stranger, fault)
    assert result.result is Result.failed
    failed = next(step for step in result.steps if step.result is Result.failed)
    assert words in failed.message
    assert requirement is None or requirement in result.scenario.content.covers
