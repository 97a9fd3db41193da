"""A task where it is run: its value or its failure, and what it took."""

import sys

import pytest

from simulator.sweep.engines.performing import perform
from simulator.sweep.engines.tasks import Task
from tests.sweep.engines import functions


@pytest.mark.parametrize("function", [functions.double, functions.slow_double, "tests.sweep.engines.functions:double"])
async def test_a_value(function: object) -> None:
    outcome = await perform(Task("one", function, 2), attempt=2)
    assert (outcome.key, outcome.value, outcome.failure, outcome.attempts) == ("one", 4, None, 2)
    assert outcome.seconds > 0
    assert outcome.cpu_seconds > 0


async def test_a_sentence_for_people_has_no_traceback() -> None:
    outcome = await perform(Task("one", functions.refuse, "there is no such thing"))
    assert outcome.failure is not None
    assert (outcome.failure.message, outcome.failure.traceback) == ("there is no such thing", "")


async def test_anything_else_has_one() -> None:
    outcome = await perform(Task("one", functions.break_down, "x"))
    assert outcome.failure is not None
    assert outcome.failure.message == "KeyError: 'x'"
    assert "in break_down" in outcome.failure.traceback
    assert not outcome.failure.died


async def test_a_function_that_is_not_there() -> None:
    outcome = await perform(Task("one", "tests.sweep.engines.functions:nothing"))
    assert outcome.failure is not None
    assert "nothing" in outcome.failure.message


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux starts the figure anew")
async def test_the_peak_of_memory_is_that_of_the_task() -> None:
    before = await perform(Task("small", functions.double, 1))
    large = await perform(Task("large", functions.take_memory, 64 << 20))
    after = await perform(Task("small", functions.double, 1))
    assert large.peak_memory - before.peak_memory > 48 << 20
    assert large.peak_memory - after.peak_memory > 48 << 20
