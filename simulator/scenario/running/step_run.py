"""One step: done, settled, and checked against what its file expects."""

from collections.abc import Sequence
from typing import Any

import trio

from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import NotOffered
from simulator.errors import SimulatorError
from simulator.federation import Unsupported
from simulator.scenario.entry import Entry
from simulator.scenario.expect import Located
from simulator.scenario.expectations.may_reject import MayReject
from simulator.scenario.expectations.rejected import RejectedBy
from simulator.scenario.report import Result
from simulator.scenario.running.context import Context, Failure, Skipped
from simulator.scenario.step import Failed, Mismatch, Unmet
from simulator.services.refusal import Code
from simulator.storage import reliably

PATIENCE = 20.0
"""Seconds for what an external provider is still doing: it may first try again what it owes to the runs before."""
GLANCE = 0.1
"""Seconds between two looks meanwhile."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a step that did not fail."""

    result: Result
    message: str = ""
    """How it was refused, or why it worked out, as expected; why it did not happen or could not be checked."""


class WrongEnd(Failed):
    """A step ended otherwise than expected, whatever came of it."""


class _Check:
    """An expectation, from before its step to what came of it."""

    def __init__(self, located: Located, context: Context, *, alone: bool) -> None:
        self._located = located
        self._before: Any = None
        self._obstacle: Skipped | Unsupported | None = None
        why_not = context.session.draft.lacking(located.expectation.needed())
        if why_not is not None:
            self._obstacle = Unsupported(why_not)
            return
        try:
            with reliably():
                self._before = None if alone else located.expectation.before(context)
        except (Skipped, Unsupported) as why:
            self._obstacle = why

    def mismatch(self, context: Context) -> Mismatch | None:
        """What is not as expected. Raises Skipped or Unsupported where that can't be found out."""
        if self._obstacle is not None:
            raise self._obstacle
        try:
            with reliably():
                self._located.expectation.check(context, self._before)
        except Unmet as unmet:
            return Mismatch(self._located.line, unmet.expected, unmet.happened)
        return None


async def run_entry(entry: Entry, context: Context) -> Verdict:
    """Run one step, settle the session and check what is expected.

    What goes wrong after a step that could not be done here is nobody's failure: the scenario is no longer what its
    author meant. But how an external provider answers a request is its own doing in any case. Else raises Failed with
    all that was not as expected, and whatever else went wrong as it is.
    """
    if entry.skip is not None:
        return _left_out(entry, Skipped(entry.skip), context)
    try:
        return await _run(entry, context)
    except SimulatorError as error:
        if context.undone is None or (isinstance(error, WrongEnd) and _asks_an_external_provider(entry, context)):
            raise
        await _settle(context)
        return Verdict(
            Result.unsupported, f"this says nothing, because line {context.undone} could not be done: {error}"
        )


async def _run(entry: Entry, context: Context) -> Verdict:
    why_not = context.session.draft.lacking(entry.step.needed())
    if why_not is not None:
        return _left_out(entry, Unsupported(why_not), context)
    expected = _expectations(entry)
    checks = [_Check(located, context, alone=entry.alone) for located in expected]
    context.obstacles.clear()
    try:
        result, message = await entry.expect.outcome.check(
            lambda: context.session.act(entry.step.run(context)), context
        )
    except Unmet as unmet:
        stocked = _stocked(context) if entry.expect.outcome.error == Code.key_packages_exhausted else None
        if stocked is not None:
            await _settle(context)
            why = Unsupported(f"{stocked} is an external provider: its users' KeyPackages may never run out")
            return _left_out(entry, why, context)
        raise WrongEnd((Mismatch(entry.line, unmet.expected, unmet.happened),)) from unmet
    except NotOffered as lacking:
        if lacking.provider not in _external_providers(context):
            raise
        await _settle(context)
        return _left_out(entry, Unsupported(f"{lacking.provider} is an external provider: {lacking}"), context)
    except (Skipped, Unsupported) as why:
        await _settle(context)
        return _left_out(entry, why, context)
    if entry.name is not None:
        context.name(entry.name, Failure(entry.where, message) if message else result)
    await _settle(context)
    rejections = _unexpected_rejections(entry, context)
    mismatches, obstacles = _judged(checks, context)
    deadline = trio.current_time() + PATIENCE
    while mismatches and _may_still_come(context) and trio.current_time() < deadline:
        await trio.sleep(GLANCE)
        await _settle(context)
        rejections += _unexpected_rejections(entry, context)
        mismatches, obstacles = _judged(checks, context)
    if rejections or mismatches:
        raise Failed((*rejections, *mismatches))
    if obstacles:
        unsupported = any(isinstance(each, Unsupported) for each in obstacles)
        said = [f"refused as expected: {message}"] if message else []
        said += dict.fromkeys(map(str, obstacles))
        return Verdict(Result.unsupported if unsupported else Result.skipped, "; ".join(said))
    return Verdict(Result.passed, message or entry.expect.outcome.succeeds or "")


def _judged(checks: Sequence[_Check], context: Context) -> tuple[list[Mismatch], list[Skipped | Unsupported]]:
    """What is not as expected, and why that can't be found out of some of it."""
    mismatches, obstacles = [], list(context.obstacles)
    for check in checks:
        try:
            mismatch = check.mismatch(context)
        except (Skipped, Unsupported) as why:
            obstacles.append(why)
        else:
            mismatches += [mismatch] if mismatch else []
    return mismatches, obstacles


def _may_still_come(context: Context) -> bool:
    """Whether what is missing may be under way: when an external provider is done with something, nobody tells."""
    return bool(context.session.external_providers) and context.undone is None


def _asks_an_external_provider(entry: Entry, context: Context) -> bool:
    """Whether the step is one request to an external provider."""
    return entry.step.by_http and getattr(entry.step, "to", None) in _external_providers(context)


def _stocked(context: Context) -> str | None:
    """An external provider with users: how many KeyPackages they have is its affair."""
    names = _external_providers(context)
    return next((user.at for user in context.session.everybody if user.at in names), None)


def _external_providers(context: Context) -> tuple[str, ...]:
    return tuple(external.name for external in context.session.external_providers)


def _left_out(entry: Entry, why: Skipped | Unsupported, context: Context) -> Verdict:
    context.leave_out(entry.name, entry.line, why)
    return Verdict(Result.skipped if isinstance(why, Skipped) else Result.unsupported, str(why))


def _expectations(entry: Entry) -> list[Located]:
    """What is expected of it and of its parts."""
    return [located for each in (entry, *entry.step.parts) for located in each.expect.expectations]


async def _settle(context: Context) -> None:
    await context.session.settle()
    for fault in context.session.faults:
        raise fault
    context.listen()


def _unexpected_rejections(entry: Entry, context: Context) -> list[Mismatch]:
    """Unless it is said that they will, clients reject nothing: what they can't take is somebody's mistake."""
    expectations = [located.expectation for located in _expectations(entry)]
    said = {each.rule for each in expectations if isinstance(each, RejectedBy)}
    said |= {rule for each in expectations if isinstance(each, MayReject) for rule in each.rules}
    return [
        Mismatch(
            entry.line,
            "no client to reject anything",
            f"{client.name} rejected a message: {event.reason} (if that may be so: may_reject: {event.rule})",
        )
        for client, event in context.rejections
        if event.rule not in said
    ]
