"""The last faults, those of this machine as such, and whoever listens hears of each."""

import errno

from simulator.machine import MachineFailure
from simulator.provider.fault_log import MOST, FaultLog


def test_the_last_ones_are_kept_and_all_are_told() -> None:
    log, heard = FaultLog(), list[Exception]()
    log.heard_by = heard.append
    for number in range(MOST + 10):
        log.append(ZeroDivisionError(number))
    assert len(heard) == MOST + 10
    assert log == heard[10:]


def test_a_lack_of_this_machine_is_no_bug() -> None:
    log = FaultLog()
    log.append(OSError(errno.EMFILE, "Too many open files"))
    log.append(OSError(errno.EBADF, "Bad file descriptor"))
    assert [type(each) for each in log] == [MachineFailure, OSError]
