"""A case."""

from simulator.mutation.cases import Case
from simulator.mutation.edits import Cut, Edit


def test_smaller_ones_have_one_alteration_less() -> None:
    edits = (Edit(("a",), 1, "number"), Edit(("b",), 2, "number"))
    case = Case("x", b"", edits, (Cut(0, 1, b"", "removed"),))
    assert case.altered == "number .a; number .b; bytes removed"
    assert [each.altered for each in case.smaller()] == [
        "number .b; bytes removed",
        "number .a; bytes removed",
        "number .a; number .b",
    ]
    assert (Case("x", b"").altered, Case("x", b"").smaller()) == ("nothing", [])
