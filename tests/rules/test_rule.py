import pytest

from simulator.errors import SimulatorError
from simulator.rules import Breach, Enforcement, Rule, check, enforced_by, refuse, within


class Wrong(SimulatorError):
    """The error of the rule below."""

    def __init__(self, words: str, epoch: int | None = None) -> None:
        super().__init__(words)
        self.epoch = epoch


RULE = Rule("T-1", Wrong)


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


def test_an_error_says_which_rules_were_broken_the_nearest_first() -> None:
    with pytest.raises(Wrong) as inner:
        refuse(RULE, "no leaf")
    with pytest.raises(Wrong) as caught, within("T-9"):
        refuse(Rule("T-2", Wrong, "FORM"), "no group", inner.value)
    assert caught.value.rules == ("T-1", "T-2/FORM", "T-2", "T-9")
    assert caught.value.requirement == "T-9"


@pytest.mark.parametrize("waived", ["T-2/FORM", "T-2", "T-9"])
def test_what_breaks_a_waived_rule_is_told_and_let_through(waived: str) -> None:
    heard: list[Breach] = []
    with enforced_by(Enforcement({waived}, heard.append)), within("T-9"):
        assert not check(Rule("T-2", Wrong, "FORM"), False, "no group")
    assert heard == [Breach(("T-2/FORM", "T-2", "T-9"), "no group", waived=True)]


def test_what_is_kept_or_essential_or_leaves_nothing_to_go_on_with_is_refused_all_the_same() -> None:
    heard: list[Breach] = []
    with enforced_by(Enforcement({"T-2", "T-3"}, heard.append)):
        with pytest.raises(Wrong):
            check(Rule("T-1", Wrong), False, "kept")
        with pytest.raises(Wrong):
            check(Rule("T-2", Wrong, essential="nothing could be decoded"), False, "essential")
        with pytest.raises(Wrong):
            refuse(Rule("T-3", Wrong), "nothing")
    assert [breach.waived for breach in heard] == [False, False, False]
    check(Rule("T-1", Wrong), True, "outside")
