"""Many stories, each with crashes of providers at random points or kills of the whole process at random times.

In one of four stores fail besides, now and then, a few statements in a row.

    python -m tests.durability.long [RUNS [FIRST]] [--draft DRAFT]

Two of three are told in a time that is hostile: clocks jump, answers lie about when to come again. In all but one
of seven tokens pay for lookups, where the draft has any that they pay for. A run is known by
its number: `long 1 17` repeats run 17. Prints the figures, and what was reached how often.
"""

import argparse
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from random import Random

import trio

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.drafts.registry import find
from simulator.federation import Session
from simulator.provider import Failpoint
from tests.durability import kills, tokens
from tests.durability.crashes import PassedFailpoint, Run, never, tell
from tests.durability.failing_stores import Statement, Trouble
from tests.durability.hostile_time import HostileTime

KILLED_EVERY = 10
"""One run in so many is one of a process that is killed."""
FAILING_EVERY = 4
"""In one run in so many stores fail."""
FREE_EVERY = 7
"""In all runs but one in so many lookups are paid for with tokens."""
IN_A_ROW = (1, 1, 2, 3, 10)
"""So many statements of one provider."""
BETWEEN = (20, 300)
"""Crashes are so many failpoints apart on average; every run has its own number. So are kills."""


@dataclass
class Figures:
    """Of all runs so far."""

    runs: int = 0
    crashes: Counter[str] = field(default_factory=Counter)
    """By failpoint."""
    passed: set[str] = field(default_factory=set)
    killed: int = 0
    accepted: int = 0
    sent: int = 0
    delivered: int = 0
    paid: int = 0
    jumps: int = 0
    lies: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    """By statement."""

    def add(self, told: Run | kills.Killed) -> None:
        """Count a run."""
        self.runs += 1
        self.accepted += told.accepted
        self.sent += told.sent
        self.delivered += told.delivered
        self.paid += told.paid
        if isinstance(told, Run):
            self.crashes.update(map(str, told.crashed))
            self.passed.update(map(str, told.passed))
            self.jumps += told.jumps
            self.lies += told.lies
            self.failed.update(map(str, told.failed))
        else:
            self.killed += len(told.at)

    def __str__(self) -> str:
        missed = sorted(self.passed - set(self.crashes))
        return "\n".join(
            [
                f"{self.runs} runs: {self.crashes.total()} crashes of a provider, {self.killed} kills of the process",
                f"{self.jumps} times a clock was put wrong, {self.lies} answers lied about when to come again",
                f"{self.failed.total()} statements of stores failed, {len(self.failed)} different ones",
                f"{len(Failpoint)} points; {len(self.passed)} with their operation, {len(self.crashes)} crashed at",
                f"{self.accepted} requests accepted; {self.sent} messages sent, {self.delivered} deliveries of them",
                f"{self.paid} lookups were paid for with a token each",
                f"{len(missed)} not crashed at: {', '.join(missed[:5])}" if missed else "crashed at all of them",
            ]
        )


def crashing(number: int, failpoints: list[PassedFailpoint], draft: Draft) -> Run:
    """A run in which a provider crashes at its failpoint, the numbers having one after the other, and now and then."""
    random = Random(number)
    apart = random.randint(*BETWEEN)
    target = failpoints[number % len(failpoints)]

    def crashes(failpoint: PassedFailpoint, run: Run) -> bool:
        return random.randrange(apart) == 0 or (failpoint == target and target not in run.crashed)

    def time(session: Session) -> HostileTime:
        return HostileTime(session, Random(f"time {number}"))

    fails = Failing(number) if number % FAILING_EVERY == 0 else None
    hostile = time if is_hostile(number) else None
    paying = pays(number, draft)
    return trio.run(partial(tell, crashes, seed=number, time=hostile, fails=fails, paying=paying, draft=draft.name))


class Failing:
    """At random one store fails, for some statements in a row."""

    def __init__(self, number: int) -> None:
        self._random = Random(f"stores {number}")
        self._apart = self._random.randint(*BETWEEN)
        self._row: dict[str, list[Trouble]] = {}

    def __call__(self, statement: Statement, run: Run) -> Trouble | None:
        row = self._row.setdefault(statement.provider, [])
        if not row and self._random.randrange(self._apart) == 0:
            row += [self._random.choice(list(Trouble))] * self._random.choice(IN_A_ROW)
        return row.pop() if row else None


def killing(number: int, draft: Draft) -> kills.Killed:
    """A run in which the whole process is killed now and then."""
    hostile = number if is_hostile(number) else 0
    return kills.tell(Random(number), between=BETWEEN, time=hostile, paying=pays(number, draft), draft=draft.name)


def is_hostile(number: int) -> bool:
    """Whether the time of this run is hostile."""
    return number % 3 > 0


def pays(number: int, draft: Draft) -> bool:
    """Whether lookups of this run are paid for with tokens."""
    return tokens.LOOKUP in {endpoint.name for endpoint in draft.endpoints} and number % FREE_EVERY > 0


def main(runs: int, first: int, draft: Draft) -> None:
    """Carry them out; the first that fails ends it, as does Ctrl-C."""
    figures, started = Figures(), time.monotonic()
    failpoints = sorted(set(trio.run(partial(tell, never, paying=pays(1, draft), draft=draft.name)).passed))
    try:
        for number in range(first, first + runs):
            killed = number % KILLED_EVERY == 0
            figures.add(killing(number, draft) if killed else crashing(number, failpoints, draft))
            if figures.runs % 20 == 0:
                print(f"{figures.runs} runs, {time.monotonic() - started:.0f} s", flush=True)
    except BaseException:
        number = first + figures.runs
        again = f"python -m tests.durability.long 1 {number} --draft {draft.name}"
        print(f"run {number} did not end; repeat it with: {again}", flush=True)
        raise
    finally:
        print(figures, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Many stories, with crashes and kills.")
    parser.add_argument("runs", type=int, nargs="?", default=100, help="how many")
    parser.add_argument("first", type=int, nargs="?", default=1, help="the first number")
    parser.add_argument("--draft", type=find, default=DRAFTS[0], help="name or path")
    wanted = parser.parse_args()
    main(wanted.runs, wanted.first, wanted.draft)
