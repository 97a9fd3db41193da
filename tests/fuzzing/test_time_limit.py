"""A limit on real time."""

import threading

import pytest

from simulator.fuzzing.time_limit import Hang, at_most


def forever() -> None:
    while True:
        pass


def test_a_case_that_never_ends_is_found() -> None:
    with pytest.raises(Hang, match=r"more than 0\.05 s"), at_most(0.05):
        forever()


def test_in_another_thread_there_is_no_limit_and_no_error() -> None:
    done: list[int] = []

    def work() -> None:
        with at_most(0.01):
            done.append(sum(range(100)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [4950]
