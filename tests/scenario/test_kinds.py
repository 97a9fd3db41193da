"""Steps and expectations by their keywords."""

import pytest

from simulator.scenario.kinds import KindsByWord
from simulator.scenario.step import Step


def test_a_kind_is_looked_up_by_its_keyword() -> None:
    kinds = KindsByWord[Step]("simulator.scenario.steps", {"crash": "crash:Crash"})
    assert kinds["crash"].__name__ == "Crash"


def test_a_kind_that_is_listed_by_another_word_is_a_mistake() -> None:
    kinds = KindsByWord[Step]("simulator.scenario.steps", {"crush": "crash:Crash"})
    with pytest.raises(ValueError, match='is listed as "crush", and its keyword is "crash"'):
        kinds["crush"]
