"""Lists of which a process imports what it looks up."""

import subprocess
import sys

import pytest

from simulator.cli.commands import COMMANDS, TRACE_COMMANDS
from simulator.imported_by_name import ImportedByName
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.steps import STEPS


@pytest.mark.parametrize("listed", [COMMANDS, TRACE_COMMANDS, STEPS, EXPECTATIONS])
def test_each_word_means_something(listed: ImportedByName[object]) -> None:
    assert len(listed) == len(list(listed)) == len(dict(listed.items()))
    assert all(word in listed for word in listed)
    assert "nothing" not in listed
    with pytest.raises(KeyError):
        listed["nothing"]


def test_only_what_is_looked_up_is_imported() -> None:
    program = """
import sys
from simulator.scenario.steps import STEPS
imported = lambda: {name.rpartition(".")[2] for name in sys.modules if name.startswith("simulator.scenario.steps.")}
assert "crash" in STEPS and len(STEPS) > 50 and "crash" in list(STEPS) and not imported()
assert STEPS["crash"].__module__ == "simulator.scenario.steps.crash"
assert imported() == {"crash"}
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_process_may_add_its_own() -> None:
    listed = ImportedByName[object]("simulator", {"house": "docstrings:docstring"})
    listed["mine"] = 3
    assert (list(listed), listed["mine"], "mine" in listed) == (["house", "mine"], 3, True)
