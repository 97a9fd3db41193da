"""The story told while providers crash at chosen points of their work, or their stores fail."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import trio

from simulator.drafts import DRAFTS
from simulator.federation import open_session
from simulator.provider import Failpoint
from tests.durability import tokens
from tests.durability.failing_stores import FailingStores, Statement, Trouble
from tests.durability.story import Story, Teller, topology
from tests.federated import NOW

SECONDS = 120
"""Longer than any run takes; one that hangs fails."""


@dataclass(frozen=True, order=True)
class PassedFailpoint:
    """A provider at a point, with something."""

    provider: str
    point: str
    operation: str

    def __str__(self) -> str:
        return f"{self.provider} {self.point} {self.operation}"


@dataclass
class Run:
    """What happened in a run, in order."""

    passed: list[PassedFailpoint] = field(default_factory=list)
    crashed: list[PassedFailpoint] = field(default_factory=list)
    asked: list[Statement] = field(default_factory=list)
    """Of stores."""
    failed: list[Statement] = field(default_factory=list)
    accepted: int = 0
    sent: int = 0
    delivered: int = 0
    paid: int = 0
    """Requests, with tokens."""


Breaks = Callable[[PassedFailpoint, Run], bool]
"""Whether to crash here, in this run so far."""

Fails = Callable[[Statement, Run], Trouble | None]
"""How a store fails here, in this run so far; None if it does not."""


def never(failpoint: PassedFailpoint, run: Run) -> bool:
    """No crash at all."""
    return False


@contextmanager
def directory() -> Iterator[str]:
    """A place for databases; in memory where there is one, since what is tested is the process, not the disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield name


async def tell(
    crashes: Breaks,
    *,
    seed: int = 1,
    fails: Fails | None = None,
    paying: bool = False,
    draft: str = DRAFTS[0].name,
) -> Run:
    """Tell the story with crashes, with stores that fail, and check it; `paying` for lookups with tokens."""
    run = Run()

    def reached(provider: str, point: Failpoint, operation: str) -> bool:
        failpoint = PassedFailpoint(provider, point.name, operation)
        run.passed.append(failpoint)
        if not crashes(failpoint, run):
            return False
        run.crashed.append(failpoint)
        return True

    def asked(statement: Statement) -> Trouble | None:
        run.asked.append(statement)
        trouble = fails(statement, run) if fails is not None else None
        if trouble is not None:
            run.failed.append(statement)
        return trouble

    stores = FailingStores(asked)
    reliable = partial(stores.failing, reliable=True) if fails is not None else None
    with directory() as files, stores.installed(), trio.fail_after(SECONDS):
        federation = topology(files, paying=paying, draft=draft)
        async with open_session(federation, seed=seed, now=NOW) as session:
            for provider in session.providers:
                provider.failpoints.crashes = partial(reached, provider.name)
            teller = Teller(session, Story(), reliable)
            with stores.failing():
                await teller.tell()
            for provider in session.providers:
                provider.failpoints.crashes = lambda point, operation: False
            teller.check()
            if paying:
                run.paid = tokens.check(session)
    run.accepted = teller.story.accepted
    run.sent = len(teller.story.said)
    run.delivered = sum(len(said.readers) for said in teller.story.said)
    return run
