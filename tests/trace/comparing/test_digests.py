"""What a body says, in a few characters."""

from dataclasses import replace

from simulator.trace import Dissection, Node
from simulator.trace.comparing.canonical import Body
from simulator.trace.comparing.digests import UNTOLD, outermost


def told(*fields: Node, **how: object) -> str:
    """The digests of a struct of these fields inside of a body."""
    inner = Node("body", "body", "Inner", "", 0, 9, fields)
    body = Body(b"?", lambda: Dissection(Node("Outer", "", "Outer", "", 0, 9, (inner,))))
    ((_, value),) = outermost(body, **how)  # type: ignore[arg-type]
    return value


NUMBER = Node("number", "body.number", "uint16", "7", 0, 2)
KIND = Node("kind", "body.kind", "Kind", "ask(1)", 2, 1)
KEY = Node("key", "body.key", "opaque<V>", "ff" * 8, 3, 9)
WORDS = Node("words", "body.words", "utf8<V>", "cut off at byte 7", 12, 10)


def test_neither_the_order_of_fields_nor_the_number_of_a_value_makes_a_difference() -> None:
    assert told(NUMBER, KIND) == told(KIND, NUMBER) == told(NUMBER, replace(KIND, value="ask(9)"))
    assert told(NUMBER, KIND) != told(replace(NUMBER, value="8"), KIND)
    assert told(NUMBER, KIND) != told(NUMBER, replace(KIND, value="tell(1)"))


def test_what_a_seed_makes_has_a_digest_of_its_own() -> None:
    one, other = told(NUMBER, KEY), told(NUMBER, replace(KEY, value="ee" * 8))
    assert one != other
    assert one.partition(".")[0] == other.partition(".")[0]
    assert one.partition(".")[0] != told(NUMBER, replace(KEY, value="ff" * 9)).partition(".")[0]


def test_what_can_t_be_told_is_not() -> None:
    assert told(NUMBER, untold=frozenset({"Inner"})) == UNTOLD
    assert told(WORDS, hidden=lambda text: "byte" in text) == UNTOLD
    assert told(WORDS) != UNTOLD
