"""Acts are steps of the record, looks are not."""

import threading
from contextlib import AbstractAsyncContextManager

import pytest
import trio

from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError
from simulator.federation import Session, open_session
from simulator.notebook.errors import Refused
from simulator.notebook.live.live_session import LiveSession, NotRunning
from simulator.trace import End, Recorder, StepBegan, StepEnded
from tests.federated import NOW, topology


def new_session() -> LiveSession:
    def opening(recorder: Recorder) -> AbstractAsyncContextManager[Session]:
        return open_session(topology(), seed=1, now=NOW, recorder=recorder)

    return LiveSession(DRAFTS[0], opening)


async def go_wrong(_: Session) -> None:
    raise SimulatorError("it does not work")


async def break_down(_: Session) -> None:
    raise ZeroDivisionError


async def nothing(_: Session) -> None:
    await trio.lowlevel.checkpoint()


def test_before_the_start_and_after_the_end_there_is_nothing_to_act_in() -> None:
    empty = new_session()
    for use in (lambda: empty.act("acts", nothing), lambda: empty.look(lambda session: session.now)):
        with pytest.raises(Refused, match="the federation is not running") as caught:
            use()
        assert isinstance(caught.value.cause, NotRunning)
    with pytest.raises(Refused, match="not running"):
        assert empty.cell_steps
    empty.close()
    empty.open()
    assert empty.running
    assert empty.look(lambda session: len(session.providers)) == 3
    empty.close()
    assert not empty.running
    with pytest.raises(Refused, match=r"acts: the federation was stopped: start\(\) begins another"):
        empty.act("acts", nothing)


def test_acts_are_steps_however_they_end() -> None:
    live = new_session()
    live.open()
    try:
        live.act("one", nothing, attack=True, note="why")
        with pytest.raises(Refused, match=r"^two: it does not work$"):
            live.act("two", go_wrong)
        with pytest.raises(ZeroDivisionError):
            live.act("three", break_down)
    finally:
        live.close()
    events = live.recorder.events
    began = [(event.step, event.attack, event.note) for event in events if isinstance(event, StepBegan)]
    assert [type(event) for event in events][-1] is End
    ended = [(event.result, event.message) for event in events if isinstance(event, StepEnded)]
    assert began == [("1 one", True, "why"), ("2 two", False, ""), ("3 three", False, "")]
    assert ended == [("passed", ""), ("failed", "it does not work"), ("fault", "ZeroDivisionError: ")]


def test_a_start_while_it_runs_is_nothing_and_one_after_the_end_is_a_new_federation() -> None:
    live = new_session()
    live.open()
    try:
        live.act("one", nothing)
        record = live.recorder
        live.open()
        assert live.recorder is record
        live.close()
        live.open()
        assert [event.step_number for event in live.recorder.events if event.step_number] == []
    finally:
        live.close()


def test_a_fault_of_the_simulator_is_shown_once() -> None:
    live = new_session()
    live.open()
    try:
        fault = ZeroDivisionError("a bug")

        async def fail(session: Session) -> None:
            session.providers[0].faults.append(fault)

        with pytest.raises(ZeroDivisionError, match="a bug"):
            live.act("one", fail)
        live.act("two", nothing)
        live.look(lambda session: session.providers[0].faults.clear())
    finally:
        live.close()


def test_nothing_is_left_behind() -> None:
    before = threading.active_count()
    live = new_session()
    live.open()
    assert threading.active_count() == before + 1
    live.close()
    assert threading.active_count() == before
