"""A batch of cases, one after the other, and what came of them: what a run of a campaign does, wherever that is."""

import json
import time
import warnings
from collections import Counter, deque
from dataclasses import asdict, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import trio

from simulator.dataclass import dataclass
from simulator.fuzzing.external.server import Gone
from simulator.fuzzing.findings import Finding, described, failure, reduced
from simulator.fuzzing.own_bug import OwnBug, own_bug
from simulator.fuzzing.targets import ALONE, open_target
from simulator.fuzzing.time_limit import at_most
from simulator.mutation.cases import Case, Target
from simulator.mutation.randomness import seeded
from simulator.scenario import Result

LIMIT = 10.0
"""Seconds that a case may take: a hundred times what the slowest one takes on a machine that is busy."""
KEPT = 3
"""So many findings of a kind are kept of a batch."""
MOST = 20
"""After so many findings a batch ends: each one takes a reduction and another environment, seconds instead of
milliseconds, and where every case fails the hundredth says nothing new.
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Which cases: a case is fully given by target, environment, seed and number."""

    target: str
    environment: str
    seed: int
    first: int
    """The number of the first one."""
    cases: int
    over: str | None = None
    """The file that says where the server is, if it is somebody else's: whole."""


@dataclass
class Tally:
    """What came of cases; `outcomes` by place and label, `accepted` what was altered all the same."""

    cases: int = 0
    left: int = 0
    """How many were not run, after too many findings."""
    slowest: tuple[float, int] = (0, 0)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    digest: int = 0
    """A sum over the cases of what was sent and what came of it, so that their order and batches do not matter."""

    def count(self, case: Case, place: str, label: str, seconds: float, number: int) -> None:
        """One more case that went as it should."""
        self.outcomes[place, label] += 1
        self.slowest = max(self.slowest, (seconds, number))
        if label.startswith("20") and "refused: " not in label and not label.endswith("valid anyway"):
            self.accepted[f"{case.name}: {case.altered}"] += 1

    def add(self, finding: Finding) -> None:
        """One that did not; of each kind the first ones are kept."""
        self.outcomes["FINDING", finding.kind] += 1
        self.kinds[finding.kind] += 1
        if self.kinds[finding.kind] <= KEPT:
            self.findings.append(finding)

    def told(self, number: int, shot: object, label: str) -> None:
        """What was sent as a case, and what came of it."""
        said = f"{number} {json.dumps(shot, sort_keys=True)} {label}"
        self.digest = (self.digest + int.from_bytes(sha256(said.encode()).digest()[:16], "big")) % 2**128


async def fuzzed(batch: Batch) -> dict[str, Any]:
    """Do it: its measures by column, and the findings. Where a server that is not ours is there no more, it ends with
    what there is of findings; without any it is `gone` that says so, and nothing was done. Raises OwnBug.
    """
    tally, waiting = Tally(), deque(range(batch.first, batch.first + batch.cases))
    environment = None if batch.environment == ALONE else batch.environment
    over = None if batch.over is None else Path(batch.over)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            while waiting and tally.kinds.total() < MOST:  # after a finding in an environment anew
                async with open_target(batch.target, environment, over) as target:
                    while waiting:
                        await trio.lowlevel.checkpoint()  # most cases wait for nothing: Ctrl-C is heard between them
                        number = waiting.popleft()
                        if await one(target, environment, number, str(batch.seed), tally, batch.over) is not None:
                            break
        except (Gone, BaseExceptionGroup) as raised:
            error = _alone(raised)
            if not isinstance(error, Gone):
                raise error from None
            if not tally.kinds:
                return {"gone": str(error)}
    tally.left = len(waiting)
    return measures(tally)


def _alone(error: BaseException) -> BaseException:
    """What is in groups of one: nurseries wrap what is raised in them."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def measures(tally: Tally) -> dict[str, Any]:
    """Its columns, and beside them `found`: the findings, as they are written down."""
    first = next(iter(tally.findings), None)
    by_place: dict[str, dict[str, int]] = {}
    for (place, label), count in sorted(tally.outcomes.items()):
        by_place.setdefault(place, {})[label] = count
    seconds, slowest = tally.slowest
    return {
        "verdict": (Result.failed if tally.kinds else Result.passed).value,
        "cases": tally.cases,
        "left": tally.left,
        "findings": tally.kinds.total(),
        "kinds": len(tally.kinds),
        "accepted": tally.accepted.total(),
        "labels": len(tally.outcomes),
        "outcomes": json.dumps(by_place, ensure_ascii=False),
        "altered": json.dumps(dict(tally.accepted.most_common(60)), ensure_ascii=False),
        "digest": f"{tally.digest:032x}",
        "slowest": slowest,
        "slowest_seconds": seconds,
        "message": first and first.error,
        "cause": first and first.kind,
        "failed_step": first and f"case {first.number}",
        "found": [asdict(finding) for finding in tally.findings],
    }


async def one(
    target: Target, environment: str | None, number: int, seed: str, tally: Tally, over: str | None = None
) -> Finding | None:
    """One case. A finding is reduced on the spot; whoever gets it should not trust the target any more. Raises OwnBug,
    since what we are to blame for is none.
    """
    case = target.case(seeded(f"{seed}:{target.name}:{environment or ''}:{number}"))
    shot = target.shot(case)
    tally.cases += 1
    started = time.monotonic()
    try:
        with at_most(LIMIT):
            label = await target.fire(shot)
    except Exception as first:  # whatever it raises is a finding, if it is no fault of ours
        if (own := own_bug(first)) is not None:
            raise OwnBug(f"{target.name}, case {number} of seed {seed}: {own}") from first
        finding = replace(await _found(target, environment, number, seed, case, first), over=over)
        tally.told(number, shot, "FINDING")
        tally.add(finding)
        return finding
    tally.told(number, shot, label)
    tally.count(case, target.place(case), label, time.monotonic() - started, number)
    return None


async def _found(
    target: Target, environment: str | None, number: int, seed: str, case: Case, first: Exception
) -> Finding:
    """What of a case that has failed so makes it fail."""
    try:
        with at_most(10 * LIMIT):
            again = await reduced(target, case)
    except Exception:  # then all of it is shown
        again = None
    case, error = again or (case, first)
    line, trace = described(error)
    return Finding(target.name, environment, seed, number, case.name, case.altered, line, trace, target.shot(case))


async def replayed(finding: Finding) -> Exception | None:
    """What a finding's shot raises now; None if it is mended. Raises Misuse for a target that there is not, and Gone
    where a server that is not ours is not there.
    """
    over = None if finding.over is None else Path(finding.over)
    try:
        async with open_target(finding.target, finding.environment, over) as target:
            with at_most(LIMIT):
                return await failure(target, finding.shot)
    except BaseExceptionGroup as group:
        raise _alone(group) from None
