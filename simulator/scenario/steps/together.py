"""Several steps at once."""

from functools import partial
from random import Random
from typing import ClassVar

import trio

from simulator.errors import SimulatorError
from simulator.federation import Unsupported
from simulator.scenario.entry import Entry
from simulator.scenario.loading.problems import Misplaced
from simulator.scenario.names import Names
from simulator.scenario.quantities import SimulatedSpan
from simulator.scenario.running.context import Context, Failure, Skipped
from simulator.scenario.step import Failed, Mismatch, Step, Unmet


class Together(Step, frozen=True, tag="together"):
    """Steps that happen side by side. Each says for itself how it ends, and is judged when all have ended and settled.

    They begin in the order of the list. Which of two a provider serves first that both ask is open, as it is on a real
    network: only what does not depend on that is the same in every run with one seed. With a `network` the first is
    whose request arrives first in simulated time, and all is the same in every run with one seed.
    """

    shorthand: ClassVar[str] = "entries"

    entries: tuple[Entry, ...]
    over: SimulatedSpan | None = None
    """With a `network`: each begins at a time of its own within this span, another one with each seed; clients read
    what comes before that. All begin at once if not said."""

    @property
    def needs_network(self) -> bool:
        return self.over is not None

    def __post_init__(self) -> None:
        if len(self.entries) < 2:
            raise SimulatorError("two steps or more can happen together")
        for entry in self.entries:
            if entry.step.settles or entry.step.parts or entry.alone:
                raise Misplaced(entry.place, f'"{entry.keyword}" can\'t happen beside other steps')

    def check_names(self, names: Names) -> None:
        """No client does two things at once."""
        acting: dict[str, int] = {}
        for entry in self.entries:
            for client in filter(None, map(names.client, _actors(entry.step))):
                if client in acting:
                    raise Misplaced(entry.place, f"{client} acts in line {acting[client]} at the same time")
                acting[client] = entry.line

    @property
    def parts(self) -> tuple[Entry, ...]:
        """Those that are not left out."""
        return tuple(entry for entry in self.entries if entry.skip is None)

    async def run(self, context: Context) -> None:
        """All of them. Raises Failed with everything that did not end as it should."""
        mismatches: dict[int, Mismatch] = {}
        simulated = context.session.simulated_time
        if simulated is not None:
            starts = self._starts(simulated.draws(f"together {context.session.recorder.step}"))
            actions = [
                (start, partial(_do, entry, context, partial(mismatches.__setitem__, place)))
                for place, (start, entry) in enumerate(zip(starts, self.entries, strict=True))
            ]
            await simulated.side_by_side(actions)
        else:
            await self._at_once(context, mismatches)
        if mismatches:
            raise Failed(tuple(mismatches[place] for place in sorted(mismatches)))

    def _starts(self, draws: Random) -> list[int]:
        """When they begin, in nanoseconds from now."""
        span = 0 if self.over is None else self.over.nanoseconds
        return [int(draws.random() * span) for _ in self.entries]

    async def _at_once(self, context: Context, mismatches: dict[int, Mismatch]) -> None:
        async with trio.open_nursery() as nursery:
            for place, entry in enumerate(self.entries):
                nursery.start_soon(_do, entry, context, partial(mismatches.__setitem__, place))
                await trio.lowlevel.checkpoint()  # trio begins tasks of one moment in any order


def _actors(step: Step) -> tuple[str, ...]:
    """Whoever is said to do it, be it a client or a provider."""
    said = [getattr(step, field, None) or () for field in ("by", "from_")]
    return tuple(name for each in said for name in ((each,) if isinstance(each, str) else each))


async def _do(entry: Entry, context: Context, complain: "partial[None]") -> None:
    if entry.skip is not None:
        context.leave_out_part(entry.name, entry.line, Skipped(entry.skip))
        return
    try:
        result, message = await entry.expect.outcome.check(partial(entry.step.run, context), context)
    except (Skipped, Unsupported) as why:
        context.leave_out_part(entry.name, entry.line, why)
    except Unmet as unmet:
        complain(Mismatch(entry.line, unmet.expected, unmet.happened))
    except SimulatorError as error:
        complain(Mismatch(entry.line, str(entry.expect.outcome), str(error)))
    else:
        if entry.name is not None:
            context.name(entry.name, Failure(entry.where, message) if message else result)
