"""Steps that fail, that are left out, and that can't be done or judged here."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from simulator.drafts.requests.endpoint import NotOffered
from simulator.errors import SimulatorError
from simulator.federation import External, ProviderSpec, Topology, Unsupported, open_session
from simulator.net import Authority
from simulator.scenario import Mismatch, Result
from simulator.scenario.entry import Entry
from simulator.scenario.expect import Expect, Located
from simulator.scenario.expectations.unchanged import Unchanged
from simulator.scenario.names import Kind
from simulator.scenario.outcome import Outcome
from simulator.scenario.running.context import Context
from simulator.scenario.running.step_run import Verdict, run_entry
from simulator.scenario.step import Expectation, Failed, Step, Unmet
from simulator.services.refusal import Code, Refusal
from tests.external_providers import carols
from tests.federated import NOW, federation
from tests.scenario.small_scenarios import fails, play

SUCCESS = Outcome()
BEYOND = "c.example is an external provider: this can't be had"


class Hears(Step, frozen=True, tag="hears"):
    """Does nothing."""

    produces: ClassVar[Kind] = Kind.group

    async def run(self, context: Context) -> str:
        return "a group"


class Beyond(Step, frozen=True, tag="beyond"):
    """Needs an external provider's insides."""

    async def run(self, context: Context) -> None:
        raise Unsupported(BEYOND)


class Uses(Step, frozen=True, tag="uses"):
    """Needs what an earlier step made."""

    name: str

    async def run(self, context: Context) -> None:
        context.result(self.name, str)


class Breaks(Step, frozen=True, tag="breaks"):
    """Does not work out."""

    error: Any = SimulatorError("no luck")

    async def run(self, context: Context) -> None:
        raise self.error


class Finds(Expectation, frozen=True, tag="finds"):
    """Needs what an earlier step made, before or after its own."""

    name: str
    early: bool = False

    def before(self, context: Context) -> None:
        if self.early:
            context.label(self.name)

    def check(self, context: Context, before: Any) -> None:
        if context.result(self.name, str) != "a group":
            raise Unmet("a group", "it is something else")


class Late(Expectation, frozen=True, tag="late"):
    """Met when it is looked at for the second time."""

    looks: list[int]

    def check(self, context: Context, before: Any) -> None:
        self.looks.append(1)
        if len(self.looks) == 1:
            raise Unmet("a message", "there is none")


@pytest.fixture
async def context() -> AsyncIterator[Context]:
    async with federation() as session:
        yield Context(session)


def expecting(*expectations: Expectation, outcome: Outcome = SUCCESS) -> Expect:
    return Expect(outcome, tuple(Located(each, 50 + place) for place, each in enumerate(expectations)))


async def test_a_step_that_passes_names_its_result(context: Context) -> None:
    assert await run_entry(Entry(Hears(), 1, name="team"), context) == Verdict(Result.passed)
    assert context.group("team") == "a group"


async def test_a_step_that_is_left_out_says_why_and_so_does_what_needs_it(context: Context) -> None:
    assert await run_entry(Entry(Hears(), 1, name="team", skip="slow"), context) == Verdict(Result.skipped, "slow")
    assert await run_entry(Entry(Uses(name="team"), 2, name="next"), context) == Verdict(
        Result.skipped, "there is no team: slow"
    )
    assert await run_entry(Entry(Uses(name="next"), 3), context) == Verdict(
        Result.skipped, "there is no next: there is no team: slow"
    )


async def test_what_needs_nothing_of_a_step_that_was_left_out_fails_as_ever(context: Context) -> None:
    await run_entry(Entry(Hears(), 1, name="team", skip="slow"), context)
    with pytest.raises(SimulatorError, match="no luck"):
        await run_entry(Entry(Breaks(), 2), context)


async def test_a_step_that_can_not_be_done_here_says_why_and_so_does_what_needs_it(context: Context) -> None:
    assert await run_entry(Entry(Beyond(), 1, name="m"), context) == Verdict(Result.unsupported, BEYOND)
    assert await run_entry(Entry(Uses(name="m"), 2), context) == Verdict(Result.unsupported, f"there is no m: {BEYOND}")


@pytest.mark.parametrize("error", [SimulatorError("no luck"), Unmet("luck", "no luck")])
async def test_what_fails_after_that_is_nobody_s_failure(context: Context, error: SimulatorError) -> None:
    await run_entry(Entry(Beyond(), 7), context)
    verdict = await run_entry(Entry(Breaks(error=error), 8), context)
    assert verdict.result is Result.unsupported
    assert verdict.message.startswith("this says nothing, because line 7 could not be done: ")
    assert "no luck" in verdict.message


async def test_a_bug_after_that_is_a_bug(context: Context) -> None:
    await run_entry(Entry(Beyond(), 7), context)
    with pytest.raises(ZeroDivisionError):
        await run_entry(Entry(Breaks(error=ZeroDivisionError()), 8), context)


@pytest.mark.parametrize("early", [False, True])
async def test_an_expectation_that_can_not_be_judged_does_not_hide_one_that_fails(
    context: Context, early: bool
) -> None:
    await run_entry(Entry(Hears(), 1, name="gone", skip="slow"), context)
    context.name("other", "no group")
    unknown = Finds(name="gone", early=early)
    verdict = await run_entry(Entry(Hears(), 2, expecting(unknown)), context)
    assert verdict == Verdict(Result.skipped, "there is no gone: slow")
    with pytest.raises(Failed) as raised:
        await run_entry(Entry(Hears(), 3, expecting(unknown, Finds(name="other"))), context)
    assert raised.value.mismatches == (Mismatch(51, "a group", "it is something else"),)


async def test_a_step_whose_expectation_can_not_be_judged_was_done_all_the_same(context: Context) -> None:
    context.absent["m"] = Unsupported(BEYOND)
    verdict = await run_entry(
        Entry(Hears(), 2, expecting(Finds(name="m"), Unchanged(providers=("a.example",)))), context
    )
    assert verdict == Verdict(Result.unsupported, f"there is no m: {BEYOND}")
    with pytest.raises(SimulatorError, match="no luck"):
        await run_entry(Entry(Breaks(), 3), context)


async def test_a_refusal_as_expected_is_told_with_what_can_not_be_judged(context: Context) -> None:
    context.absent["m"] = Unsupported(BEYOND)
    refused = Breaks(error=Refusal(Code.wrong_epoch, "too late", "RFC 9420"))
    verdict = await run_entry(
        Entry(refused, 2, expecting(Finds(name="m"), outcome=Outcome(error=Code.wrong_epoch))), context
    )
    assert verdict.result is Result.unsupported
    refusal, obstacle = verdict.message.split("; ")
    assert refusal.startswith("refused as expected: too late")
    assert obstacle == f"there is no m: {BEYOND}"


async def test_may_fail_does_not_mean_may_be_left_out(context: Context) -> None:
    verdict = await run_entry(Entry(Beyond(), 1, expecting(outcome=Outcome(may_fail=True))), context)
    assert verdict.result is Result.unsupported


async def test_an_external_provider_may_have_more_key_packages_than_a_scenario_knows(tmp_path: Path) -> None:
    steps = "  - request_connection: {from: alice, to: %s}\n    expect: {error: key_packages_exhausted}\n"
    async with carols(tmp_path, agreeing=False) as head:
        result = await play(steps % "carol", head)
    assert (result.result, result.reason) == (
        Result.unsupported,
        "c.example is an external provider: its users' KeyPackages may never run out",
    )
    await fails(steps % "carol")


async def test_what_an_external_provider_still_does_is_waited_for_and_it_need_not_offer_all(
    context: Context, tmp_path: Path
) -> None:
    with pytest.raises(Failed, match="there is none"):
        await run_entry(Entry(Hears(), 1, expecting(Late(looks=[]))), context)
    lacks = NotOffered("c.example offers no lifts", provider="c.example")
    with pytest.raises(NotOffered):
        await run_entry(Entry(Breaks(error=lacks), 1), context)
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    there = External("127.0.0.1", 9, tmp_path / "ca.pem")
    topology = Topology((ProviderSpec("a.example"), ProviderSpec("c.example", external=there)))
    async with open_session(topology, seed=1, now=NOW) as session:
        verdict = await run_entry(Entry(Hears(), 1, expecting(Late(looks=[]))), Context(session))
        lacking = await run_entry(Entry(Breaks(error=lacks), 1), Context(session))
    assert verdict == Verdict(Result.passed)
    assert lacking == Verdict(Result.unsupported, "c.example is an external provider: c.example offers no lifts")
