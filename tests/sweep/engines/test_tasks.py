"""What travels between processes can be pickled."""

import pickle

from simulator.sweep.engines.tasks import Failure, Outcome, Task
from tests.sweep.engines import functions


def test_a_task_and_its_outcome_travel() -> None:
    for each in (Task("one", functions.double, 1), Outcome("one", failure=Failure("no", died=True), attempts=2)):
        assert pickle.loads(pickle.dumps(each)) == each


def test_a_function_has_one_name() -> None:
    assert Task("one", functions.double).name == "tests.sweep.engines.functions:double"
    assert Task("one", "a.module:function").name == "a.module:function"
