"""Docstrings that are data are there whatever the interpreter leaves out."""

import subprocess
import sys
from dataclasses import dataclass

import pytest

from simulator.docstrings import docstring


@dataclass
class Documented:
    """What it is.

    And more.
    """

    number: int = 0


def test_what_a_class_and_a_function_say() -> None:
    assert docstring(Documented) == "What it is.\n\nAnd more."
    assert docstring(test_what_a_class_and_a_function_say) == ""


@pytest.mark.parametrize("arguments", [("steps", "noticed", "forward"), ("schema",), ("check", "--help")])
def test_nothing_is_left_out_where_docstrings_are(arguments: tuple[str, ...]) -> None:
    said = [
        subprocess.run([sys.executable, *switches, "-m", "simulator", *arguments], capture_output=True, check=True)
        for switches in ((), ("-OO",))
    ]
    assert said[0].stdout == said[1].stdout
    assert said[1].stderr == b""
