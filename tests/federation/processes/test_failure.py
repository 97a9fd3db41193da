"""What is raised in one process is raised in another."""

import pickle

from simulator.federation.control.operator import NotFound
from simulator.federation.processes.failure import Failure, FaultElsewhere
from simulator.machine import MachineFailure
from simulator.services.refusal import Code, Refusal


def _there(error: Exception) -> Exception:
    return pickle.loads(pickle.dumps(Failure.of(error))).error()


def test_a_refusal_keeps_all_that_it_says() -> None:
    refusal = Refusal(Code.wrong_epoch, "too late", "4.2", current_epoch=3).named("send", "a.example").answered(409)
    found = _there(refusal)
    assert isinstance(found, Refusal)
    assert (vars(found), str(found)) == (vars(refusal), str(refusal))


def test_errors_whose_arguments_are_others_than_their_message() -> None:
    found = _there(NotFound("there is no alise", "alise", ["alice"]))
    assert isinstance(found, NotFound)
    assert (str(found), found.nearest) == ("there is no alise", "alice")


def test_this_machine_is_to_blame_there_too() -> None:
    assert str(_there(MachineFailure("no space left on the disk"))) == "no space left on the disk"


def test_a_bug_comes_with_its_traceback() -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError as error:
        found = _there(error)
    assert isinstance(found, FaultElsewhere)
    assert "ZeroDivisionError: division by zero" in str(found)
    assert "_ = 1 / 0" in str(found)
