"""A run of a scenario as a trace: its header, and the file that it is kept in."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.own_version import own_version
from simulator.scenario.entry import Entry
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.loading.substitution import Plain
from simulator.scenario.report import StepResult
from simulator.scenario.topology import Topology
from simulator.services import names
from simulator.trace import (
    ClientShown,
    Header,
    Mismatch,
    ProviderShown,
    Recorder,
    StepBegan,
    StepEnded,
    TraceFileError,
)

if TYPE_CHECKING:
    from simulator.trace import TraceWriter


@dataclass(frozen=True, slots=True)
class Keep:
    """Where traces are kept: a folder for the run, in it a file for each scenario."""

    folder: Path
    secrets: bool = False
    """Whether clients' secrets are in them, too."""

    def prepare(self) -> None:
        """Make the folder. Raises SimulatorError where it can't be made, or has something in it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SimulatorError(f"--trace {self.folder}: {error.strerror}") from None
        if any(self.folder.iterdir()):
            raise SimulatorError(f"--trace {self.folder}: the folder is not empty, and a trace is never written over")

    @contextmanager
    def recorder(self, scenario: Scenario, seed: int) -> Iterator[Recorder]:
        """A recorder that writes to the file of a scenario. Raises TraceFileError.

        A second run of the same scenario gets a file of its own, which says with which seed.
        """
        writer = self._writer(scenario, header(scenario, seed, secrets=self.secrets))
        try:
            yield Recorder(writer, wire=True, secrets=self.secrets)
        finally:
            writer.close()

    def _writer(self, scenario: Scenario, head: Header) -> "TraceWriter":
        from simulator.trace import TraceWriter, file_name

        try:
            return TraceWriter(self.folder / file_name(scenario.id), head)
        except TraceFileError as error:
            if not isinstance(error.__cause__, FileExistsError):
                raise
            return TraceWriter(self.folder / file_name(scenario.id, head.seed), head)


def header(scenario: Scenario, seed: int, *, secrets: bool = False) -> Header:
    """What a trace of this run is of."""
    from simulator.drafts.draft_layout import packed_layout

    content, topology = scenario.content, scenario.topology
    return Header(
        scenario=scenario.id,
        name=content.name,
        file=scenario.file,
        description=content.description,
        tags=content.tags,
        covers=scenario.covers,
        waived=_waived(topology),
        parameters={name: _written(value) for name, value in scenario.parameters.items()},
        seed=seed,
        draft=topology.draft,
        layout=packed_layout(registry.named(topology.draft)),
        suite=topology.suite,
        http2=topology.http2,
        mutual_tls=topology.mutual_tls,
        providers=providers_shown(topology),
        started=time.time(),
        simulator=own_version(),
        secrets=secrets,
    )


def providers_shown(topology: Topology) -> tuple[ProviderShown, ...]:
    """Who is in it."""
    return tuple(
        ProviderShown(
            name,
            topology.service_host(name),
            tuple(
                ClientShown(f"{user}.{device}", names.client(name, user, device))
                for user, devices in spec.users.clients.items()
                for device in devices
            ),
            external=spec.external is not None,
        )
        for name, spec in topology.providers.items()
    )


def _waived(topology: Topology) -> dict[str, tuple[str, ...]]:
    """By provider, where one does not keep all rules."""
    by_provider = {name: (*topology.waive, *spec.waive) for name, spec in topology.providers.items()}
    return {name: tuple(dict.fromkeys(rules)) for name, rules in by_provider.items() if rules}


def _written(value: Plain) -> str:
    """A parameter's value as a file or a command line says it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def step_began(entry: Entry) -> StepBegan:
    """What a trace says of a step before it runs."""
    return StepBegan(started=time.time(), line=entry.line, note=entry.note or "", attack=entry.is_attack)


def step_ended(result: StepResult, seconds: float) -> StepEnded:
    """What a trace says of a step that is over."""
    mismatches = tuple(Mismatch(each.line, each.expected, each.happened) for each in result.mismatches)
    return StepEnded(
        started=time.time(),
        line=result.line,
        result=result.result.value,
        message=result.message,
        mismatches=mismatches,
        seconds=seconds,
    )
