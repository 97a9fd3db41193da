"""Runs the steps of a scenario whatever comes of them, and looks at the federation between them."""

from collections.abc import Iterator, Sequence
from dataclasses import field

from simulator.clients import Client
from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.federation import Session, Unsupported
from simulator.scenario.comparison.attacks import Attack, Seen
from simulator.scenario.comparison.judging import judged
from simulator.scenario.comparison.states import Intrusion, State
from simulator.scenario.entry import Entry
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.names import Kind
from simulator.scenario.report import Result, ScenarioResult
from simulator.scenario.running.context import Context, Failure, Skipped
from simulator.scenario.running.runner import Observer, run_scenario
from simulator.scenario.running.step_run import Verdict
from simulator.scenario.running.tracing import header
from simulator.trace import Event, Recorder, Trace
from simulator.trace.drawing.diagram import diagram

_MOST_ROWS = 120
"""How many rows of a diagram are drawn."""
ALLOWED = "allowed"
"""The tag of a step in which somebody could misbehave, and does what everybody may do."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """One step, with the federation before and after it."""

    entry: Entry
    number: int
    honest: frozenset[str]
    """Providers by name, clients by URI."""
    before: State
    after: State
    intrusion: Intrusion
    undone: int | None
    """The line of the first step before it that could not be done at all."""
    failure: str = ""
    impossible: str | None = None


@dataclass(slots=True)
class Playing:
    """A way to run steps (`runner.Perform`) that expects nothing of them; one for each run."""

    _moments: list[_Moment] = field(default_factory=list)
    _made_up: set[str] = field(default_factory=set)
    """The clients that attackers have made up so far, by URI."""

    async def __call__(self, entry: Entry, context: Context) -> Verdict:
        """Run one step and settle. Raises faults of the simulator itself as they are."""
        number = len(self._moments) + 1
        before = self._moments[-1].after if self._moments else State.of(context.session)
        why = _why_not(entry, context)
        known, undone = {client.uri for client in context.session.clients}, context.undone
        failure, impossible = "", why
        if why is None:
            failure, impossible = await self._perform(entry, context)
        elif not entry.alone:
            context.leave_out(entry.name, entry.line, Unsupported(why) if entry.skip is None else Skipped(why))
        culprits = frozenset(_culprits(entry, context)) if impossible is None else frozenset()
        self._made_up |= {client.uri for client in context.session.clients} - known
        honest = frozenset(_everybody(context.session) - culprits - self._made_up)
        after, intrusion = State.of(context.session), Intrusion.of(context.session, self._made_up)
        self._moments.append(_Moment(entry, number, honest, before, after, intrusion, undone, failure, impossible))
        return Verdict(Result.passed if impossible is None else Result.unsupported, impossible or failure)

    async def _perform(self, entry: Entry, context: Context) -> tuple[str, str | None]:
        """How it failed, and why it could not be done."""
        failure, impossible, result = "", None, None
        try:
            result = await context.session.act(entry.step.run(context))
        except (Skipped, Unsupported) as left_out:
            impossible = str(left_out)
            context.leave_out(entry.name, entry.line, left_out)
        except SimulatorError as error:
            failure = str(error) or type(error).__name__
        if entry.name is not None and impossible is None:
            context.name(entry.name, Failure(entry.where, failure) if failure else result)
        await context.session.settle()
        for fault in context.session.faults:
            raise fault
        return failure, impossible

    def attacks(self, events: Sequence[Event], result: ScenarioResult) -> tuple[Attack, ...]:
        """What came of the attacks, in their order; `events` and `result` are the run's."""
        return tuple(judged(seen) for seen in self._seen(events, result))

    def _seen(self, events: Sequence[Event], result: ScenarioResult) -> Iterator[Seen]:
        hostile = [moment for moment in self._moments if _is_attack(moment.entry)]
        ends = [*(moment.number for moment in hostile[1:]), len(self._moments) + 1][: len(hostile)]
        by_step: dict[int, list[Event]] = {}
        for event in events:
            by_step.setdefault(event.step_number, []).append(event)
        for moment, end in zip(hostile, ends, strict=True):
            after = self._moments[moment.number : end - 1]
            yield Seen(
                number=moment.number,
                entry=moment.entry,
                honest=moment.honest,
                gains=tuple(dict.fromkeys(gain for each in (moment, *after) for gain in each.intrusion.gains)),
                seen_by=tuple(dict.fromkeys(name for each in (moment, *after) for name in each.intrusion.seen_by)),
                is_mixed=not all(part.is_attack for part in moment.entry.step.parts),
                undone=moment.undone,
                failure=moment.failure,
                impossible=moment.impossible,
                changed=moment.after.changed(moment.before, moment.honest),
                odds=_odds(moment, after),
                during=tuple(by_step.get(moment.number, ())),
                after=tuple(event for each in after for event in by_step.get(each.number, ())),
                failures=tuple(each.failure for each in after if each.failure and not each.entry.is_attack),
                broken=tuple(each for each in result.broken.get(moment.number, ()) if each not in result.let_through),
            )


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a scenario's attacks."""

    result: ScenarioResult
    """Nothing was expected: it says only what could not be done, and what broke."""
    attacks: tuple[Attack, ...]
    drawn: str
    """A sequence diagram from the first of them to the end, as SVG; nothing without any."""


async def play(scenario: Scenario, seed: int | None, observer: Observer, recorder: Recorder | None = None) -> Played:
    """Run a scenario's steps, whatever comes of them."""
    recorder, playing = recorder or Recorder(), Playing()
    result = await run_scenario(scenario, seed, observer, recorder, playing)
    attacks = playing.attacks(recorder.events, result)
    first = min((attack.number for attack in attacks), default=0)
    shown = tuple(event for event in recorder.events if event.step_number >= first > 0)
    trace = Trace.of_run(header(scenario, result.seed), shown)
    return Played(result, attacks, diagram(trace, _MOST_ROWS).svg if attacks else "")


def _odds(attack: _Moment, following: Sequence[_Moment]) -> tuple[str, ...]:
    """What was wrong at honest clients at any time since the attack began."""
    found = (odd for each in (attack, *following) for odd in each.after.fresh_odds(attack.before, attack.honest))
    return tuple(dict.fromkeys(found))


def _is_attack(entry: Entry) -> bool:
    """Whether it is one here, and not only makes what another step sends or does what everybody may do."""
    if entry.is_of_other_drafts or ALLOWED in entry.tags:
        return False
    return entry.is_attack and entry.step.produces is not Kind.request


def _why_not(entry: Entry, context: Context) -> str | None:
    return entry.skip if entry.skip is not None else context.session.draft.lacking(entry.step.needed())


def _everybody(session: Session) -> set[str]:
    return {provider.name for provider in session.providers} | {client.uri for client in session.clients}


def _culprits(entry: Entry, context: Context) -> Iterator[str]:
    """Those who misbehave in a step, as far as it names them: providers by name, clients by URI."""
    for part in entry.step.parts:
        yield from _culprits(part, context)
    if not entry.is_attack:
        return
    try:
        names = entry.step.culprits(context)
    except SimulatorError:
        return
    for name in names:
        yield from _named(name, context.session)


def _named(name: str, session: Session) -> Iterator[str]:
    for find in (session.provider, session.client):
        try:
            found = find(name)
        except SimulatorError:
            continue
        yield found.uri if isinstance(found, Client) else found.name
        return
