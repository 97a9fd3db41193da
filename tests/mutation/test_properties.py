"""What a target always has to be."""

import subprocess
import sys

import pytest

from simulator.mutation.properties import Broken, hold


def test_what_does_not_hold_is_raised() -> None:
    hold([1], "something is there")
    with pytest.raises(Broken, match="nothing is there"):
        hold([], "nothing is there")


def test_it_is_raised_where_assertions_are_not() -> None:
    code = "from simulator.mutation.properties import hold; assert False; hold(False, 'told')"
    ended = subprocess.run([sys.executable, "-O", "-c", code], capture_output=True, text=True, check=False)
    assert "Broken: told" in ended.stderr
