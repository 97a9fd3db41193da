"""Many cases, one after the other, and what came of them."""

import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType

from tests.fuzz.bodies import open_bodies
from tests.fuzz.cases import Case, Target
from tests.fuzz.contents import Contents
from tests.fuzz.decoding import Answers, Decoding
from tests.fuzz.environment import KINDS, ROOMS, TRANSPORT, Environment, kinds_of
from tests.fuzz.findings import Finding, described, failure, reduced
from tests.fuzz.groups import Groups
from tests.fuzz.impostors import Impostors
from tests.fuzz.joins import Joins
from tests.fuzz.requests import Requests
from tests.fuzz.room_requests import RoomRequests
from tests.fuzz.tokens import open_tokens
from tests.fuzz.wires import Wires
from tests.fuzz.worlds import open_world


def requests_of(environment: Environment) -> Target:
    """The target for what its draft asks."""
    return (RoomRequests if environment.kind.draft == ROOMS else Requests)(environment)


LIMIT = 10.0
"""Seconds that a case may take: a hundred times what the slowest one takes on a machine that is busy."""

FRESH = 20_000
"""After so many cases an environment is opened anew."""

IN_ENVIRONMENTS: dict[str, Callable[[Environment], Target]] = {
    "requests": requests_of,
    "wires": Wires,
    "impostors": Impostors,
    "answers": Answers,
    "joins": Joins,
}
ALONE: dict[str, Callable[[], Target]] = {"decoding": Decoding, "groups": Groups, "contents": Contents}
STAGED: dict[str, Callable[[], AbstractAsyncContextManager[Target]]] = {"bodies": open_bodies, "tokens": open_tokens}
TARGETS = {
    "requests": 1.0,
    "wires": 0.05,
    "impostors": 0.05,
    "bodies": 0.01,
    "tokens": 0.2,
    "answers": 0.5,
    "joins": 0.2,
    "contents": 0.5,
    "decoding": 1.0,
    "groups": 0.2,
}
"""All targets, and how many cases each gets for one of the whole campaign."""

OF_DRAFT = {
    TRANSPORT: ("requests", "wires", "impostors", "answers", "tokens"),
    ROOMS: ("requests", "wires", "impostors", "answers", "joins", "contents"),
}
"""Those that meet what is of a draft."""

SPREAD = {"impostors": (0, 1, 3, 4), "joins": kinds_of(ROOMS)}
"""The kinds of environments for a target that needs not all, as one for each HTTP version and draft."""


class Hang(Exception):
    """A case that took too long; raised in the middle of whatever it was doing."""


@dataclass
class Tally:
    """What came of the cases of one target; `outcomes` by place and label, `accepted` what was altered all the same."""

    target: str
    cases: int = 0
    seconds: float = 0
    slowest: tuple[float, int] = (0, 0)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def count(self, case: Case, place: str, label: str, seconds: float, number: int) -> None:
        """One more case that went as it should."""
        self.outcomes[place, label] += 1
        self.slowest = max(self.slowest, (seconds, number))
        if label.startswith("20") and "refused: " not in label and not label.endswith("valid anyway"):
            self.accepted[f"{case.name}: {case.altered}"] += 1

    def add(self, finding: Finding) -> None:
        """One that did not; of each kind the first three are kept."""
        self.outcomes["FINDING", finding.error[:60]] += 1
        self.kinds[finding.kind] += 1
        if self.kinds[finding.kind] <= 3:
            self.findings.append(finding)


async def run(
    name: str,
    cases: int,
    seed: str,
    *,
    draft: str | None = None,
    folder: Path | None = None,
    progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """So many cases of a target, spread over the kinds of environments if it lives in one. Findings go to `folder` too.

    With a `draft` only in those that speak it. `progress` is told every now and then how far it is.
    """
    tally, started = Tally(name), time.monotonic()
    alone = name in (*ALONE, *STAGED)
    shares = [(None, range(cases))] if alone else _shares(spread(name, draft), cases)
    for environment, numbers in shares:
        waiting = list(numbers)
        while waiting:
            async with target_of(name, environment) as target:
                batch, waiting = waiting[:FRESH], waiting[FRESH:]
                for position, number in enumerate(batch):
                    finding = await one(target, environment, number, seed, tally)
                    if tally.cases % 1000 == 0:
                        progress(tally)
                    if finding is not None:
                        if folder is not None and tally.kinds[finding.kind] <= 3:
                            finding.save(folder)
                        waiting = batch[position + 1 :] + waiting
                        break
    tally.seconds = time.monotonic() - started
    return tally


def spread(name: str, draft: str | None = None) -> tuple[int, ...]:
    """The places of the kinds of environments that a target lives in; with a draft, of those that speak it."""
    return tuple(kind for kind in kinds_of(draft) if kind in SPREAD.get(name, range(len(KINDS))))


def _shares(kinds: tuple[int, ...], cases: int) -> list[tuple[int | None, range]]:
    return [(kind, range(index, cases, len(kinds))) for index, kind in enumerate(kinds)]


@asynccontextmanager
async def target_of(name: str, environment: int | None) -> AsyncIterator[Target]:
    """A target, in a fresh environment if it lives in one."""
    if name in STAGED:
        async with STAGED[name]() as staged:
            yield staged
        return
    if environment is None:
        yield ALONE[name]()
        return
    async with open_world(KINDS[environment]) as opened:
        yield IN_ENVIRONMENTS[name](opened)


async def one(target: Target, environment: int | None, number: int, seed: str, tally: Tally) -> Finding | None:
    """One case. A finding is reduced on the spot; whoever gets it should not trust the target any more."""
    case = target.case(Random(f"{seed}:{target.name}:{number}"))
    shot = target.shot(case)
    tally.cases += 1
    started = time.monotonic()
    try:
        with at_most(LIMIT):
            label = await target.fire(shot)
    except Exception as first:
        with at_most(10 * LIMIT):
            again = await reduced(target, case)
        case, error = again or (case, first)
        line, trace = described(error)
        shown = target.shot(case)
        finding = Finding(target.name, environment, seed, number, case.name, case.altered, line, trace, shown)
        tally.add(finding)
        return finding
    tally.count(case, target.place(case), label, time.monotonic() - started, number)
    return None


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises Hang where the block is after so many seconds, also where nothing ever waits; and again each second, where
    one task that never waits comes after the other.
    """

    def give_up(_: int, frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds:g} s, in {frame.f_code if frame else 'no frame'}")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


async def replayed(finding: Finding) -> Exception | None:
    """What a finding's shot raises now; None if it is mended."""
    async with target_of(finding.target, finding.environment) as target:
        with at_most(LIMIT):
            return await failure(target, finding.shot)
