"""What MLS takes, beside mls-rs in the same group; and what a hub does with a commit in a large group.

Nothing is remembered meanwhile, no signature, key or tree: each is computed, as in a process of one client.
"""

from collections.abc import Callable

from simulator.bench.hub import Hub
from simulator.bench.mls_groups import MixedGroup, Operation, mixed_group
from simulator.bench.row import Row
from simulator.bench.samples import Side, Stopwatch, repeated
from simulator.mls.remembered import nothing_remembered

SIZES = (10, 100, 1000)


def timed(operation: Operation, size: int) -> Side:
    """The side of a row that repeats an operation in the group of this size."""

    def prepare() -> Callable[[Stopwatch], int]:
        group = mixed_group(size)

        def once(watch: Stopwatch) -> int:
            with nothing_remembered():
                return operation(group, watch)

        return once

    return repeated(prepare)


OPERATIONS = (
    ("create", "create a commit", MixedGroup.we_create, MixedGroup.they_create),
    ("process", "process a commit", MixedGroup.we_process, MixedGroup.they_process),
    ("join", "join by a Welcome with the tree", MixedGroup.we_join, MixedGroup.they_join),
    ("seal", "encrypt a message", MixedGroup.we_seal, MixedGroup.they_seal),
    ("open", "decrypt a message", MixedGroup.we_open, MixedGroup.they_open),
)
_GOAL = 0.7
_HIGHER = {("create", 1000): 1.5, ("seal", 1000): 1.5}


def taken_by_hub(size: int) -> Side:
    """The side of a row in which a hub takes a commit that adds somebody to the group of this size."""
    return repeated(lambda: Hub(mixed_group(size)).take)


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
        work="a hub whose store has a group of 1,000 takes a commit that adds a member",
        unit="ms of CPU",
        ours=taken_by_hub(1000),
        baseline=taken_by_hub(10),
        against="in a group of 10",
        goal=0.5,
        needs="mls-rs",
    ),
)
