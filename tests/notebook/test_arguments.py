"""Arguments are judged by their annotations, in words."""

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from simulator.notebook.arguments import Rows, Seed, Time, check_call, checked
from simulator.notebook.errors import Refused


@checked("acting")
def act(
    text: str = "",
    number: "int | None" = 0,
    share: float = 0.5,
    part: Literal["one", "two"] = "one",
    file: Path | str = "",
    rows: Rows = 1,
    span: Time = 1,
    anything: Any = None,
    *more: bool,
    **others: Annotated[int, "some number"],
) -> "NotThere":  # type: ignore[name-defined]  # noqa: F821
    return (text, number, share, part, file, rows, span, anything, more, others)


def test_what_fits_is_passed_on() -> None:
    given = ("a", None, 1, "two", Path(), 0, "1 h", object(), True, False)
    assert act(*given, x=1) == (*given[:8], (True, False), {"x": 1})
    assert act() == ("", 0, 0.5, "one", "", 1, 1, None, (), {})
    assert act.__name__ == "act"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": None}, "acting: text is a text, not None"),
        ({"number": 1.5}, "acting: number is a whole number or None, not 1.5"),
        ({"number": True}, "acting: number is a whole number or None, not True"),
        ({"share": "a"}, "acting: share is a number, not 'a'"),
        ({"share": float("nan")}, "acting: share is a number, not nan"),
        ({"part": "three"}, "acting: part is 'one' or 'two', not 'three'"),
        ({"part": []}, "acting: part is 'one' or 'two', not []"),
        ({"file": 5}, "acting: file is a Path or a text, not 5"),
        ({"rows": -1}, "acting: rows is a whole number from 0 to 1000000, not -1"),
        ({"rows": "many"}, "acting: rows is a whole number from 0 to 1000000, not 'many'"),
        ({"span": None}, "acting: span is seconds, or a time such as 10 minutes, not None"),
        ({"x": "y"}, "acting: x is some number, not 'y'"),
        ({"text": ["a" * 1000]}, "acting: text is a text, not ['" + "a" * 58 + " ..."),
    ],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused) as refused:
        act(**wrong)
    assert str(refused.value) == words


def test_each_of_several_is_judged() -> None:
    with pytest.raises(Refused, match="acting: each of more is True or False, not 1"):
        act("", 0, 0.5, "one", "", 1, 1, None, True, 1)  # type: ignore[arg-type]


def test_how_a_function_is_called_is_for_python_to_say() -> None:
    with pytest.raises(TypeError, match="missing a required argument"):
        check_call(lambda seed: seed, (), {})


def test_a_seed_is_any_of_the_command_lines() -> None:
    @checked()
    def sow(seed: Seed) -> int:
        return seed

    assert sow(2**63 - 1) == 2**63 - 1
    with pytest.raises(Refused, match=r"^seed is a whole number from 0 to"):
        sow(2**63)
