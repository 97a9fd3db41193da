"""What MLS takes, beside mls-rs in the same group; and what the hub does with a commit in a large group.

Nothing is remembered of signatures and keys meanwhile: each is computed, as in a process of one client.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.bench.mls_groups import MixedGroup, Operation, mixed_group
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take
from simulator.codec import decode, encode
from simulator.mls.crypto.remembered import nothing_remembered
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.public_group import PublicGroup

SIZES = (10, 100, 1000)


def timed(operation: Operation, size: int) -> Side:
    """The side of a row that repeats an operation: milliseconds of the processor for each."""

    @asynccontextmanager
    async def side(scale: Scale) -> AsyncIterator[Take]:
        group = mixed_group(size)

        async def take() -> Sample:
            watch, count = Stopwatch(), 0
            with nothing_remembered():
                while watch.cpu < scale.seconds / 10:
                    count += operation(group, watch)
            return watch.cpu_per(count)

        yield take

    return side


OPERATIONS = (
    ("create", "create a commit", MixedGroup.we_create, MixedGroup.they_create),
    ("process", "process a commit", MixedGroup.we_process, MixedGroup.they_process),
    ("join", "join by a Welcome with the tree", MixedGroup.we_join, MixedGroup.they_join),
    ("seal", "encrypt a message", MixedGroup.we_seal, MixedGroup.they_seal),
    ("open", "decrypt a message", MixedGroup.we_open, MixedGroup.they_open),
)
_GOAL = 0.7
_HIGHER = {("create", 1000): 1.5, ("seal", 1000): 1.5}


def stage(size: int) -> Side:
    """The side of a row in which the hub checks a commit that adds somebody, and makes the next epoch of it."""

    @asynccontextmanager
    async def side(scale: Scale) -> AsyncIterator[Take]:
        group = mixed_group(size)
        data, stored = encode(group.commit_that_adds().message), group.public.public.to_bytes()

        async def take() -> Sample:
            watch, count = Stopwatch(), 0
            while watch.cpu < scale.seconds / 10:
                with nothing_remembered(), watch.running():
                    hub, body = PublicGroup.from_bytes(stored), decode(MLSMessage, data).body
                    if not isinstance(body, PublicMessage):
                        raise TypeError("no public message")
                    hub.stage_commit(body, None).group.to_bytes()
                count += 1
            return watch.cpu_per(count)

        yield take

    return side


ROWS = (
    *(
        Row(
            id=f"mls-{name}-{size}",
            work=f"{words}, in a group of {size:,}",
            unit="ms of CPU",
            ours=timed(ours, size),
            baseline=timed(theirs, size),
            against="mls-rs",
            goal=_HIGHER.get((name, size), _GOAL),
            needs="mls-rs",
        )
        for size in SIZES
        for name, words, ours, theirs in OPERATIONS
    ),
    Row(
        id="ds-commit-1000",
        work="the hub reads, checks and stores a commit that adds a member, in a group of 1,000",
        unit="ms of CPU",
        ours=stage(1000),
        baseline=stage(10),
        against="in a group of 10",
        goal=0.5,
        needs="mls-rs",
    ),
)
