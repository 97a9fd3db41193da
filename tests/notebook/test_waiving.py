"""Which rules nobody is to keep, as cells say it."""

from typing import Any

import pytest

from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError
from simulator.notebook.waiving import by_provider, rule_ids

DRAFT = DRAFTS[0]
RECIPIENT, ONE = "T-SECURITY-RECIPIENT", "P-4-ONE-COMMIT"


def test_one_or_several_each_once() -> None:
    assert rule_ids((), DRAFT) == ()
    assert rule_ids(RECIPIENT, DRAFT) == rule_ids([RECIPIENT, RECIPIENT], DRAFT) == (RECIPIENT,)
    assert rule_ids(f"{RECIPIENT}, {ONE}", DRAFT) == (RECIPIENT, ONE)
    assert rule_ids((each for each in (RECIPIENT, ONE)), DRAFT) == (RECIPIENT, ONE)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (5, "^waive is the ID of a rule or requirement, or several, not 5"),
        (None, "^waive is the ID of a rule or requirement, or several, not None"),
        ([5], "^the ID of a rule is a text, not 5"),
        (b"x", "^the ID of a rule is a text, not 120"),
        ("T-SECURITY-RECIPENT", f'did you mean "{RECIPIENT}"'),
        ([RECIPIENT, "DS-FANOUT-AFTER-RESPONSE"], "can't be waived: nobody refuses anything by it"),
    ],
)
def test_what_nobody_can_waive(said: Any, words: str) -> None:
    with pytest.raises(SimulatorError, match=words):
        rule_ids(said, DRAFT)


def test_what_is_said_of_all_and_of_one() -> None:
    both = ("a.example", "b.example")
    assert by_provider((), both, DRAFT) == {"a.example": (), "b.example": ()}
    assert by_provider(RECIPIENT, both, DRAFT) == {"a.example": (RECIPIENT,), "b.example": (RECIPIENT,)}
    assert by_provider({"b.example": [ONE]}, both, DRAFT) == {"a.example": (), "b.example": (ONE,)}
    with pytest.raises(SimulatorError, match=r'there is no provider b\.exampel \(did you mean "b\.example"\?\)'):
        by_provider({"b.exampel": ONE}, both, DRAFT)
