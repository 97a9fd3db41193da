"""Steps run in order, are settled and judged, and stop at the first that does not pass."""

import errno
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import trio

from simulator.machine import MachineFailure
from simulator.scenario import Mismatch, Result, run_scenario
from simulator.scenario.entry import Entry
from simulator.scenario.running.context import Context
from simulator.scenario.running.runner import SETUP
from simulator.scenario.scalars import START
from simulator.scenario.schema import ScenarioFile
from simulator.scenario.step import Step, Unmet
from simulator.trace import Recorder, StepEnded
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, Silent, play, scenario, with_external


class ProviderCrashed(Step, frozen=True, tag="broken"):
    """Has a bug."""

    async def run(self, context: object) -> None:
        raise ZeroDivisionError("a bug")


class Endless(Step, frozen=True, tag="endless"):
    """Waits for what never comes."""

    async def run(self, context: object) -> None:
        await trio.sleep_forever()


async def test_an_observer_sees_every_step() -> None:
    observer = Silent()
    await run_scenario(scenario(TEAM), None, observer)
    assert observer.seen == ["began", "step 1 connect", "step 2 create_group team", "step 3 add_users", "passed"]


async def test_a_failing_step_says_line_expectation_and_what_happened() -> None:
    result = await play(
        TEAM
        + """
  - send: {by: alice, group: team}
    expect:
      - queued: {clients: bob, count: 3}
      - agreement: {group: team, epoch: 1}
      - agreement: {group: team, epoch: 7}
  - send: {by: bob, group: team}
    as: never
"""
    )
    assert result.result is Result.failed
    failed, not_run = result.steps[-2:]
    assert (failed.name, failed.line) == ("send", 16)
    assert failed.mismatches == (
        Mismatch(18, "3 messages queued for bob.phone", "there are 0"),
        Mismatch(20, "epoch 7", "alice.phone is in epoch 1"),
    )
    assert failed.message == (
        "expected 3 messages queued for bob.phone, but there are 0; expected epoch 7, but alice.phone is in epoch 1"
    )
    assert (not_run.name, not_run.line, not_run.result) == ("send never", 21, Result.not_run)
    assert [step.result for step in result.steps[:3]] == [Result.passed] * 3


async def test_the_words_of_an_expected_refusal_are_in_the_result() -> None:
    result = await play(
        '  - request_connection: {from: alice, to: "mimi://b.example/u/nobody"}\n    expect: {http: 404}\n'
    )
    assert result.result is Result.passed
    assert "unknown_user" in result.steps[0].message


async def test_a_fault_of_ours_is_not_a_failure() -> None:
    whole = scenario(TEAM)
    broken = replace(whole, content=_with_steps(whole.content, Entry(ProviderCrashed(), 99)))
    result = await run_scenario(broken, None, Silent())
    assert result.result is Result.fault
    assert result.steps[-1].message == "ZeroDivisionError: a bug"
    assert isinstance(result.steps[-1].error, ZeroDivisionError)


class FaultyProvider(Step, frozen=True, tag="faulty_provider"):
    """A provider has a bug, answers 500 and keeps the error."""

    async def run(self, context: Context) -> None:
        context.session.provider("a.example").faults.append(ZeroDivisionError("a bug"))


async def test_a_fault_behind_an_answer_is_found() -> None:
    whole = scenario("  []\n")
    result = await run_scenario(
        replace(whole, content=_with_steps(whole.content, Entry(FaultyProvider(), 99))), None, Silent()
    )
    assert (result.result, result.steps[-1].message) == (Result.fault, "ZeroDivisionError: a bug")


class Limited(Step, frozen=True, tag="limited"):
    """A provider lacks something of its machine, and then what was asked for fails."""

    async def run(self, context: Context) -> None:
        context.session.provider("a.example").faults.append(OSError(errno.EMFILE, "Too many open files"))
        raise Unmet("success", "no answer")


async def test_a_limit_of_this_machine_is_no_verdict_whatever_came_of_the_step() -> None:
    whole = scenario("  []\n")
    limited = replace(whole, content=_with_steps(whole.content, Entry(Limited(), 99)))
    result = await run_scenario(limited, None, Silent())
    assert result.result is Result.fault
    assert result.steps[-1].message.startswith("too many open files: this process may have ")
    assert isinstance(result.steps[-1].error, MachineFailure)


class Lacking(Step, frozen=True, tag="lacking"):
    """A provider lacks something, and what was asked of it waits for ever."""

    async def run(self, context: Context) -> None:
        context.session.provider("a.example").faults.append(OSError(errno.ENFILE, "Too many open files in system"))
        await trio.sleep_forever()


async def test_nothing_is_waited_for_once_this_machine_has_failed() -> None:
    whole = scenario("  []\n")
    lacking = replace(whole, content=_with_steps(whole.content, Entry(Lacking(), 99), Entry(Lacking(), 100)))
    with trio.fail_after(30):
        result = await run_scenario(lacking, None, Silent())
    assert [step.result for step in result.steps] == [Result.fault, Result.not_run]
    assert "too many open files on this machine" in result.steps[0].message


async def test_a_scenario_that_does_not_end_is_ended(autojump_clock: trio.abc.Clock) -> None:
    whole = scenario("  []\n")
    endless = replace(whole, content=_with_steps(whole.content, Entry(Endless(), 99)))
    result = await run_scenario(endless, None, Silent())
    assert result.result is Result.failed
    assert result.steps[-1].mismatches == (Mismatch(99, "an end within 120 s", "it was still running"),)


async def test_what_fails_before_the_first_step_has_a_name_too() -> None:
    result = await play("  - create_group: alice\n", "timeout: 0" + TOPOLOGY)
    assert result.result is Result.failed
    assert result.setup is not None
    assert (result.setup.name, result.setup.line, result.setup.result) == (SETUP, 1, Result.failed)
    assert [(step.name, step.result) for step in result.steps] == [("create_group", Result.not_run)]


@pytest.mark.parametrize(("given", "used"), [(None, 5), (7, 7), (0, 0)])
async def test_a_given_seed_takes_the_place_of_the_file_s(given: int | None, used: int) -> None:
    result = await run_scenario(scenario("  []\n", "seed: 5" + TOPOLOGY), given, Silent())
    assert (result.seed, result.result) == (used, Result.passed)


async def test_exchanges_are_counted_and_labelled_with_their_steps() -> None:
    recorder = Recorder()
    result = await play(TEAM, recorder=recorder)
    assert result.exchanges == len(recorder.exchanges) > 10
    assert {exchange.step for exchange in recorder.exchanges} == {"1 connect", "3 add_users"}


async def test_what_was_noticed_to_be_broken_is_told_by_step() -> None:
    asked = "fields: {version: 1, sender: a.example, recipient: c.example}"
    odd = f"  - request: {{by: a.example, to: b.example, endpoint: verification_key, {asked}}}\n"
    result = await play("  - offline: bob.phone\n" + odd + "    expect: {error: wrong_recipient}\n")
    assert list(result.broken) == [2]
    assert "T-SECURITY-RECIPIENT" in result.broken[2]
    assert result.let_through == ()


async def test_what_is_let_through_is_told() -> None:
    asked = "fields: {version: 1, sender: a.example, recipient: c.example}"
    odd = f"  - request: {{by: a.example, to: b.example, endpoint: verification_key, {asked}}}\n"
    result = await play("  - waive: [T-SECURITY-RECIPIENT]\n" + odd)
    assert "T-SECURITY-RECIPIENT" in result.broken[2]
    assert "T-SECURITY-RECIPIENT" in result.let_through


async def test_a_skipped_scenario_starts_nothing() -> None:
    observer = Silent()
    whole = scenario("  - create_group: alice\n", "skip: too slow\n" + TOPOLOGY)
    result = await run_scenario(whole, None, observer)
    assert (result.result, result.reason, result.exchanges) == (Result.skipped, "too slow", 0)
    assert [(step.result, step.message) for step in result.steps] == [(Result.skipped, "too slow")]
    assert observer.seen == ["began", "skipped"]


async def test_a_run_goes_on_after_a_step_that_is_left_out() -> None:
    result = await play("""
  - create_group: alice
    as: team
    skip: not today
  - create_group: bob
    as: crew
""")
    assert [step.result for step in result.steps] == [Result.skipped, Result.passed]
    assert (result.result, result.reason) == (Result.skipped, "not today")


async def test_a_store_in_a_file_outlives_its_provider_and_not_the_run() -> None:
    head = TOPOLOGY.replace("c.example: {", "c.example: {store: file, ")
    found = []

    class Look(Step, frozen=True, tag="look"):
        async def run(self, context: Context) -> None:
            found.append(context.session.provider("c.example").settings.database)

    whole = scenario(
        TEAM
        + """
  - crash: c.example
  - send: {by: alice, group: team}
    as: hello
  - start: c.example
  - advance: 1h
    expect: {received: {messages: hello, by: [alice.phone, bob, carol]}}
""",
        head,
    )
    looking = replace(whole, content=_with_steps(whole.content, *whole.steps, Entry(Look(), 99)))
    result = await run_scenario(looking, None, Silent())
    assert result.result is Result.passed, result.failures
    (database,) = found
    assert database is not None
    assert database.name == "c.example.sqlite"
    assert not database.parent.exists()


async def test_what_an_external_provider_can_not_be_made_to_is_unsupported(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    external = f"external: {{address: 127.0.0.1, port: 1, ca: {tmp_path}/ca.pem}}, max_body: 10, "
    result = await play("  - create_group: alice\n", TOPOLOGY.replace("c.example: {", "c.example: {" + external))
    assert result.result is Result.unsupported
    assert result.reason == "c.example is an external provider: its max_body can't be set from outside"
    assert [step.result for step in result.steps] == [Result.not_run]


async def test_with_an_external_provider_the_clock_is_the_machine_s(tmp_path: Path) -> None:
    before, found = int(time.time()), []

    class Look(Step, frozen=True, tag="look at the clock"):
        async def run(self, context: Context) -> None:
            found.append(context.session.now)

    for head in (TOPOLOGY, with_external(tmp_path)):
        whole = scenario("  - create_group: alice\n", head)
        looking = replace(whole, content=_with_steps(whole.content, Entry(Look(), 99)))
        assert (await run_scenario(looking, None, Silent())).result is Result.passed
    assert found[0] == START.unix
    assert before <= found[1] <= int(time.time())


def _with_steps(content: ScenarioFile, *entries: Entry) -> ScenarioFile:
    return msgspec.structs.replace(content, steps=entries)


class Unwritable:
    """A sink that can't take that a step has passed: what a value that nobody can encode does to a file."""

    def add(self, event: object) -> None:
        if isinstance(event, StepEnded) and event.result == "passed" and event.step_number == 2:
            raise TypeError("no encoding")


async def test_a_step_whose_end_can_not_be_recorded_is_a_fault_and_not_passed() -> None:
    result = await run_scenario(scenario(TEAM), None, Silent(), Recorder(Unwritable()))
    assert [step.result for step in result.steps] == [Result.passed, Result.fault, Result.not_run]
    assert result.result is Result.fault
    assert result.steps[1].message == "TypeError: no encoding"
