import pytest

from simulator.errors import SimulatorError
from simulator.rules import Requirement, Rule, check, refuse, section


class Wrong(SimulatorError):
    """The error of the rule below."""

    def __init__(self, words: str, epoch: int | None = None) -> None:
        super().__init__(words)
        self.epoch = epoch


RULE = Rule("T-1", Wrong)


def test_a_section_is_read_row_by_row_and_a_third_word_is_the_reason() -> None:
    made = section("T", "Rate-limiting", ("T-1", "Limits."), ("T-2", "Tokens.", "for later"))
    assert made == (
        Requirement("T-1", "T", "Rate-limiting", "Limits.", None),
        Requirement("T-2", "T", "Rate-limiting", "Tokens.", "for later"),
    )


def test_what_holds_is_let_through() -> None:
    check(RULE, True, "never said")


def test_what_does_not_hold_raises_the_rules_error_with_words_and_facts() -> None:
    with pytest.raises(Wrong, match="epoch 3 is over") as caught:
        check(RULE, False, "epoch 3 is over", epoch=4)
    assert caught.value.epoch == 4


def test_a_refusal_names_what_it_came_of() -> None:
    cause = ValueError("no name")
    with pytest.raises(Wrong, match="no group") as caught:
        refuse(RULE, "no group", cause)
    assert caught.value.__cause__ is cause
