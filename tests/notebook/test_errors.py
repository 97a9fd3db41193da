"""Errors as cells show them."""

import errno

import pytest

from simulator.errors import SimulatorError
from simulator.notebook.errors import Refused, saying


class Odd(SimulatorError):
    """A mistake of a user."""


def test_what_was_being_done_is_said_with_what_went_wrong() -> None:
    with pytest.raises(Refused, match=r"^sending: too odd$") as caught, saying("sending"):
        raise Odd("too odd")
    assert isinstance(caught.value.cause, Odd)
    assert caught.value._render_traceback_() == ["Refused: sending: too odd"]


def test_an_error_that_tells_enough_stands_alone() -> None:
    with pytest.raises(Refused, match=r"^too odd$"), saying():
        raise Odd("too odd")


def test_the_innermost_says_it() -> None:
    with pytest.raises(Refused, match=r"^sending: too odd$"), saying("looking"), saying("sending"):
        raise Odd("too odd")


def test_our_own_bugs_stay_what_they_are() -> None:
    with pytest.raises(ZeroDivisionError), saying("sending"):
        raise ZeroDivisionError


def test_what_this_machine_can_not_do_is_a_sentence() -> None:
    with pytest.raises(Refused, match="starting: this machine can't do it: too many open files"), saying("starting"):
        raise OSError(errno.EMFILE, "Too many open files")
