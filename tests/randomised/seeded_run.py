"""Runs what the generator draws, and counts."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field

import trio

from simulator.clients.events.events import Accepted, Received, Refused, Rejected, Sent
from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.federation import open_session
from simulator.net.faults import Injected
from simulator.scenario.entry import Entry
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.tree import parse
from simulator.scenario.names import Names
from simulator.scenario.running.building import federation as federation_of
from simulator.scenario.running.context import Context
from simulator.scenario.running.step_run import run_entry
from simulator.scenario.schema import ScenarioFile
from simulator.scenario.steps import STEPS
from simulator.services.decisions import Kind
from simulator.trace import ProtocolEvent
from tests.randomised.generator import Generator
from tests.randomised.scenario_files import Item, content, scenario

LONGEST = 300
"""Real seconds for one seed: far more than it needs, so that nothing waits for ever."""

_SOURCE = re.compile(r"\(([^()]*)\)$")
"""What stands at the end of a refusal, and of a member's own objection: code and section, or section and rule."""


@dataclass(slots=True)
class Played:
    """What came of one seed, or of many together."""

    draft: Draft = DRAFTS[0]
    items: list[Item] = field(default_factory=list)
    operations: Counter[str] = field(default_factory=Counter)
    """Keyword, and `done` or why not."""
    counts: Counter[str] = field(default_factory=Counter)
    """Messages, faults and the like."""
    failure: BaseException | None = None


class Hand:
    """Reads items one by one, as the loader reads a file."""

    def __init__(self, seed: int, draft: Draft) -> None:
        self._problems = Problems("randomised.yaml")
        names = Names(draft)
        self._reader = Reader(self._problems, names, {"step": STEPS, "expectation": EXPECTATIONS})
        root = parse(json.dumps(content(seed, [], "", draft)), self._problems)
        self._reader.struct(root, ScenarioFile)

    def entry(self, item: Item) -> Entry:
        """Raises ScenarioFileError: then the generator is wrong."""
        node = parse(json.dumps(item), self._problems)
        entry = None if node is None else self._reader.value(node, Entry)
        self._problems.raise_if_any()
        assert isinstance(entry, Entry)
        return entry


async def play(seed: int, operations: int, draft: Draft = DRAFTS[0]) -> Played:
    """One seed: so many operations, then the end, at which everything must have arrived."""
    played = Played(draft)
    file = scenario(content(seed, [], "", draft))
    hand = Hand(seed, draft)
    try:
        with trio.fail_after(LONGEST):
            now = file.content.clock.unix
            async with open_session(federation_of(file.topology), seed=seed, now=now) as session:
                context = Context(session)
                await session.settle()
                generator = Generator(seed, context)
                try:
                    for _ in range(operations):
                        await _do(generator.step(), hand, context, played)
                    await _end(generator, hand, context, played)
                finally:
                    _count(context, played)
    except Exception as error:
        played.failure = error
    return played


async def _end(generator: Generator, hand: Hand, context: Context, played: Played) -> None:
    for item in generator.ending():
        await _do(item, hand, context, played)
    for _ in range(72):
        waiting = any(provider.executor.store.outbox.providers() for provider in context.session.providers)
        if not waiting and not any(client.unopened for client in context.session.clients if client.online):
            break
        await _do(generator.hour(), hand, context, played)
    await _do(generator.last(), hand, context, played)


async def _do(item: Item, hand: Hand, context: Context, played: Played) -> None:
    played.items.append(item)
    entry = hand.entry(item)
    context.session.recorder.step = f"{len(played.items)} {entry.label}"
    verdict = await run_entry(entry, context)
    played.operations[f"{entry.keyword}: {_reason(verdict.message)}"] += 1


def _reason(message: str) -> str:
    """`done`, or a short word for why a step did not work out."""
    source = _SOURCE.search(message)
    if source:
        return next((part for part in source[1].split(", ") if re.fullmatch("[a-z_]+", part)), source[1])
    known = ("can't reach", "lost the connection", "is not in the group", "no connection request", "HTTP")
    return next((words for words in known if words in message), "something else" if message else "done")


def _count(context: Context, played: Played) -> None:
    counts = played.counts
    for client in context.session.clients:
        for event in client.events:
            if isinstance(event, Sent):
                counts["messages accepted"] += 1
            elif isinstance(event, Received):
                counts["messages delivered"] += 1
            elif isinstance(event, Accepted):
                counts["doubts: had been accepted"] += 1
            elif isinstance(event, Refused):
                counts["doubts: had not"] += 1
            elif isinstance(event, Rejected):
                counts[f"rejected by a client: {event.rule}"] += 1
    for result in context.results.values():
        for injected in result if isinstance(result, tuple) else ():
            if isinstance(injected, Injected):
                counts["faults injected"] += 1
                counts["requests hit by faults"] += injected.hits
    for event in context.session.recorder.events:
        if isinstance(event, ProtocolEvent) and event.kind == Kind.redeemed:
            counts["tokens redeemed"] += 1
    counts["operations"] += len(played.items)
    counts["exchanges"] += len(context.session.recorder.exchanges)
