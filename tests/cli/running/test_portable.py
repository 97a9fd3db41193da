"""What came of a job can be pickled, whatever broke."""

import pickle
from dataclasses import replace

from simulator.cli.running.jobs import Ran
from simulator.cli.running.portable import portable
from simulator.machine import MachineFailure
from tests.cli.results import FAULT, PASSED


class Unpicklable(Exception):
    def __reduce__(self) -> str:
        raise TypeError("no")


def test_a_fault_brings_its_traceback_as_text() -> None:
    (step,) = FAULT.steps
    broken = replace(FAULT, steps=(replace(step, error=Unpicklable("words")),), setup=step)
    again = pickle.loads(pickle.dumps(portable(Ran(broken))))
    assert "Unpicklable: words" in str(again.result.steps[0].error)
    assert "KeyError: 'x'" in str(again.result.setup.error)


def test_what_is_no_fault_stays_as_it_is() -> None:
    assert portable(Ran(PASSED)) == Ran(PASSED)
    assert pickle.loads(pickle.dumps(Ran(PASSED))) == Ran(PASSED)


def test_what_this_machine_can_not_do_stays_what_it_is() -> None:
    limited = replace(FAULT, steps=(replace(FAULT.steps[0], error=MachineFailure("too many open files")),))
    again = pickle.loads(pickle.dumps(portable(Ran(limited))))
    assert isinstance(again.result.steps[0].error, MachineFailure)
