"""What a case alters."""

from simulator.codec import encode, spans
from simulator.codec.declare import wire_of
from simulator.mls.extensions.extension import RequiredCapabilities
from simulator.mutation.edits import Cut, Edit, altered, some_cuts, some_edits
from simulator.mutation.randomness import seeded
from simulator.mutation.values import Pool

VALUE = RequiredCapabilities((1, 2, 3), (4,), (5, 6))
WIRE = wire_of(RequiredCapabilities)


def test_every_edit_makes_another_value_and_the_same_seed_the_same_edits() -> None:
    pool = Pool([(WIRE, VALUE)])
    made = [some_edits(WIRE, VALUE, pool, seeded(number)) for number in range(200)]
    assert made == [some_edits(WIRE, VALUE, pool, seeded(number)) for number in range(200)]
    values = [altered(WIRE, VALUE, edits, pool, seeded(0)) for edits in made]
    assert sum(value != VALUE for value in values) > 190
    assert {edit.what for edits in made for edit in edits} >= {"number", "dropped", "repeated", "emptied", "replaced"}
    assert all(encode(value) for value in values)


def test_an_edit_whose_place_is_gone_does_nothing() -> None:
    edits = (Edit(("extension_types",), (), "emptied"), Edit(("extension_types", 2), 9, "number"))
    assert altered(WIRE, VALUE, edits, Pool(), seeded(0)) == RequiredCapabilities((), (4,), (5, 6))
    assert str(edits[1]) == "number .extension_types[]"


def test_cuts_of_bytes() -> None:
    assert Cut(1, 2, b"xy", "overwritten").apply(b"abc") == b"axyc"
    data = encode(VALUE)
    made = [some_cuts(data, lambda: spans(RequiredCapabilities, data), seeded(number)) for number in range(200)]
    kinds = {cut.what for cuts in made for cut in cuts}
    assert {"flipped", "truncated", "inserted", "removed", "with a length that lies"} <= kinds
