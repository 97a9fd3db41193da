"""Failures of ours are said, each once; the rest of serving is tested as a process in commands/test_serve.py."""

import pytest

from simulator.cli.serving import Faults
from simulator.machine import MachineFailure


def test_a_fault_is_said_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    faults = Faults(debug=False)
    faults.report(ZeroDivisionError("a bug"))
    assert faults.count == 1
    assert capsys.readouterr().err == "the simulator itself failed: ZeroDivisionError: a bug\n"


def test_with_its_traceback_if_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        _ = 1 / 0
    Faults(debug=True).report(raised.value)
    assert "_ = 1 / 0" in capsys.readouterr().err


def test_this_machine_is_not_the_simulator_and_nothing_is_said_over_and_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    faults = Faults(debug=True)
    for _ in range(100):
        faults.report(MachineFailure("too many open files"))
    assert faults.count == 100
    assert capsys.readouterr().err == "this machine can't do it: too many open files\n"
