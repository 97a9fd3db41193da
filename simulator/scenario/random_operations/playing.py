"""Runs what the generator draws, and looks after each operation whether all agree and nothing is lost."""

import json
from collections.abc import Iterator
from random import Random

from simulator.scenario.random_operations.generator import Generator
from simulator.scenario.random_operations.reading import Item, StepReader
from simulator.scenario.running.context import Context, Drawn
from simulator.scenario.running.step_run import run_entry
from simulator.scenario.step import Failed, Unmet
from simulator.storage import reliably

_SEED_SIZE = 16
_LONGEST_END = 72
"""Hours of protocol time in which all must have arrived: far more than anybody takes to try again."""


async def carry_out(count: int, context: Context, *, faults: bool = True) -> int:
    """So many operations, then the end, at which everything has arrived; all that was drawn is in `context.drawn`. The
    number of operations, with those of the end.

    Raises Unmet, with the operation, where something is not as it has to be whatever happens.
    """
    seed = context.session.providers[0].rand("random operations", _SEED_SIZE)
    generator = Generator(Random(seed), context, count, faults=faults)  # noqa: S311 (all of it is to come again)
    steps = StepReader(context)
    drawn = 0
    items = _items(generator, count, context)
    while (item := _next(items)) is not None:
        drawn += 1
        recorder = context.session.recorder
        context.drawn.append(Drawn(recorder.step_number, item, recorder.begun))
        await _do(item, drawn, steps, context)
    return drawn


def _items(generator: Generator, count: int, context: Context) -> Iterator[Item]:
    """Each is drawn when the one before has been carried out."""
    for _ in range(count):
        yield generator.step()
    yield from generator.ending()
    for _ in range(_LONGEST_END):
        session = context.session
        waiting = any(provider.executor.store.outbox.providers() for provider in session.providers)
        waiting |= any(client.unopened or client.unanswered for client in session.clients if client.online)
        if not waiting:
            break
        yield generator.hour()
    yield generator.last()


def _next(items: Iterator[Item]) -> Item | None:
    """What there is to do is looked up in stores that may fail for their providers."""
    with reliably():
        return next(items, None)


async def _do(item: Item, number: int, steps: StepReader, context: Context) -> None:
    try:
        await run_entry(steps.entry(item), context)
    except Failed as failed:
        operation = json.dumps({name: value for name, value in item.items() if name != "expect"})
        expected = "; ".join(each.expected for each in failed.mismatches)
        happened = "; ".join(each.happened for each in failed.mismatches)
        raise Unmet(expected, f"{happened} (after operation {number}, {operation})") from failed
