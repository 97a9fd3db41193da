"""Attacks, and a table of them, that nobody has run."""

from simulator.scenario.comparison import Attack, Cell, Column, Comparison, End, Row

BLOCKED = Attack(7, "forward", 12, End.blocked, "c.example: <b>", ("T-1/NAME", "T-1"), ("403 not_authorized",), ("c",))
VISIBLE = Attack(
    4, "ghost", 9, End.visible, "bob.shadow is a member", ("R-2",), (), ("alice.phone",), "Nobody's phone."
)
SUCCEEDS = Attack(5, "withhold", 10, End.succeeds, "bob.phone lacks | it")
IMPOSSIBLE = Attack(6, "lie_about_key", 11, End.unsupported, "providers have no keys")

FIRST, SECOND = Column("first"), Column("second", ("T-1",))
TABLE = Comparison(
    (FIRST, SECOND),
    (
        Row("s/one", "Forwarded", "s/one.yaml", (Cell((BLOCKED,)), Cell((BLOCKED, SUCCEEDS), drawn="<svg/>"))),
        Row("s/two", "A ghost", "s/two.yaml", (Cell((VISIBLE,)), Cell((VISIBLE,)))),
        Row("s/three", "Keys", "s/three.yaml", (Cell((BLOCKED,)), Cell((IMPOSSIBLE,)))),
        Row("s/four", "One", "s/four.yaml", (Cell(missing="first: the file is for second only"), Cell((BLOCKED,)))),
    ),
)
