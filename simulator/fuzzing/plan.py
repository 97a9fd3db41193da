"""A campaign: so many cases of targets in their environments, in batches, as a plan of a sweep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import Misuse, hint
from simulator.fuzzing.batch import Batch
from simulator.fuzzing.columns import COLUMNS
from simulator.fuzzing.external.server import ExternalServer, Gone
from simulator.fuzzing.findings import FOLDER, Finding
from simulator.fuzzing.targets import ALONE, TARGETS, around, environments, own_targets, possible_around, row
from simulator.own_version import own_version
from simulator.scenario.loading.substitution import Plain
from simulator.sweep.engines import Task
from simulator.sweep.experiment import Stop
from simulator.sweep.identity import Identity, code, digest

_RUN = "simulator.fuzzing.batch:fuzzed"
_KEY = 20
"""How many hexadecimal digits a key has."""


@dataclass(frozen=True, slots=True)
class FuzzRun:
    """A batch."""

    batch: Batch

    @property
    def key(self) -> str:
        """By which it is known again."""
        return sha256(repr(sorted(self.axes.items())).encode()).hexdigest()[:_KEY]

    @property
    def axes(self) -> Mapping[str, Plain]:
        """What makes it one of its own, but for how many cases it has: that is a measure."""
        batch = self.batch
        draft = "none" if batch.environment == ALONE else batch.environment.partition(", ")[0]
        return {
            "target": batch.target,
            "environment": batch.environment,
            "draft": draft,
            "seed": batch.seed,
            "first": batch.first,
        }

    @property
    def task(self) -> Task:
        """The function that does it."""
        return Task(self.key, _RUN, self.batch)

    @property
    def repeat(self) -> tuple[str, ...]:
        """The words behind `mimi-sim` that do it again."""
        batch = self.batch
        words = ["fuzz", "--target", batch.target, "--seed", str(batch.seed)]
        words += [] if batch.over is None else ["--over", batch.over, "--draft", str(self.axes["draft"])]
        words += [] if batch.environment == ALONE else ["--environment", batch.environment]
        return (*words, "--first", str(batch.first), "--cases", str(batch.cases))


@dataclass(frozen=True, slots=True)
class FuzzPlan:
    """All batches."""

    cases: Mapping[tuple[str, str], int]
    """How many, by target and environment."""
    seed: int
    first: int = 0
    """The number of the first case in each environment."""
    findings: Path | None = None
    """The folder in which findings are written; None for one in the folder of the results."""
    server: ExternalServer | None = None
    """Somebody else's, which they are all sent to."""
    stop: Stop | None = None
    written: list[Path] = field(default_factory=list, repr=False)
    """Where the findings of this time were written."""

    def __len__(self) -> int:
        """How many batches there are."""
        return sum(-(-cases // row(target).batch) for (target, _), cases in self.cases.items())

    def runs(self) -> Iterator[FuzzRun]:
        """The first batch of each target in each environment, then the second of each."""
        over = None if self.server is None else str(self.server.file)
        ranges = {place: range(0, cases, row(place[0]).batch) for place, cases in self.cases.items()}
        for number in range(max(map(len, ranges.values()), default=0)):
            for (target, environment), starts in ranges.items():
                if number < len(starts):
                    start = starts[number]
                    cases = min(starts.step, self.cases[target, environment] - start)
                    yield FuzzRun(Batch(target, environment, self.seed, self.first + start, cases, over))

    def keep(self, value: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
        """All but the findings, which are written into files. Raises SimulatorError, and Gone where nothing was done
        since the server is not there.
        """
        if "gone" in value:
            raise Gone(value["gone"])
        for found in value["found"]:
            self.written.append(Finding(**found).save(self.findings or folder / FOLDER))
        return {name: each for name, each in value.items() if name != "found"}

    def identity(self) -> Identity:
        """By what two campaigns are the same: the same cases, and the same code."""
        there = () if self.server is None else (self.server.digest,)
        said = sorted(self.cases.items()), self.seed, self.first, [row(each).batch for each, _ in self.cases], *there
        return Identity(
            experiment="Fuzzing",
            description=_describes(self.cases),
            runs=len(self),
            plan=digest(said),
            inputs=code(),
            simulator=own_version(),
            columns=COLUMNS,
        )


def _describes(cases: Mapping[tuple[str, str], int]) -> str:
    """How many cases each target has."""
    found: dict[str, int] = {}
    for (target, _), count in cases.items():
        found[target] = found.get(target, 0) + count
    return ", ".join(f"{count} cases of {target}" for target, count in found.items())


def plan(
    drafts: Sequence[Draft],
    cases: int,
    seed: int,
    *,
    targets: Sequence[str] = (),
    environment: str | None = None,
    first: int = 0,
    findings: Path | None = None,
) -> FuzzPlan:
    """A campaign over some drafts: `cases` are shared by the environments of a target. Without `targets` all, each with
    its share of so many, and where `drafts` are chosen only those that meet what is of a draft; with an environment
    only what lives there. Raises Misuse.
    """
    chosen = drafts or registry.known()
    wanted = targets or [name for name in (*TARGETS, *own_targets(chosen)) if not drafts or row(name).kinds is not None]
    found: dict[tuple[str, str], int] = {}
    for target in wanted:
        places = [each for each in environments(target, chosen) if environment in (None, each)]
        share = cases if targets else max(1, round(cases * row(target).share))
        for place, count in zip(places, _parts(share, len(places)), strict=True):
            if count:
                found[target, place] = count
    if not found:
        names = [each for target in wanted for each in environments(target, chosen)]
        where = f'in "{environment}"' if environment is not None else "in these drafts"
        raise Misuse(f"none of these targets lives {where}{hint(environment or '', names)}")
    return FuzzPlan(found, seed, first, findings)


def plan_around(
    server: ExternalServer,
    cases: int,
    seed: int,
    *,
    targets: Sequence[str] = (),
    environment: str | None = None,
    first: int = 0,
    findings: Path | None = None,
) -> FuzzPlan:
    """The same at somebody else's server, which is in one environment: all targets that it can be, or those named.
    Raises Misuse.
    """
    here = str(server.kind)
    if environment not in (None, here):
        raise Misuse(f'{server.name} is not in "{environment}"{hint(environment, [here]) or "; it is in: " + here}')
    wanted = targets or possible_around()
    for target in wanted:
        around(target)
    found = {(each, here): cases if targets else max(1, round(cases * row(each).share)) for each in wanted}
    return FuzzPlan(found, seed, first, findings, server)


def _parts(whole: int, number: int) -> list[int]:
    """A number in so many parts, as equal as they can be."""
    return [whole // number + (place < whole % number) for place in range(number)] if number else []
