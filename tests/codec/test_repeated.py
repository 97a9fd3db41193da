"""A long vector that comes again: the same value, the same octets, the same bounds."""

from typing import Annotated

import pytest

from simulator.codec import DecodeError, Repeated, TooManyValues, decode, encode, opaque, spans, struct, uint8, utf8
from simulator.codec.repeated import LONG, MANY


@struct
class Item:
    kind: uint8
    name: utf8


@struct
class Plain:
    items: tuple[Item, ...]
    last: opaque


@struct
class Again:
    items: Annotated[tuple[Item, ...], Repeated()]
    last: opaque


def items(count: int) -> tuple[Item, ...]:
    return tuple(Item(number % 3, f"the item {number} of {count}") for number in range(count))


COUNTS = (0, 1, MANY - 1, MANY, 200, 3000)


@pytest.mark.parametrize("count", COUNTS)
def test_on_the_wire_it_is_a_vector_as_any(count: int) -> None:
    octets = encode(Plain(items(count), b"end"))
    for _ in range(3):
        again = decode(Again, octets)
        assert (again.items, again.last) == (items(count), b"end")
        assert encode(again) == encode(again) == octets
        assert encode(Again(items(count), b"end")) == octets
    assert len(octets) > LONG or count <= MANY


def test_what_has_come_before_is_the_same_object() -> None:
    octets = encode(Again(items(200), b"end"))
    first = decode(Again, octets).items
    assert decode(Again, encode(Again(items(200), b"another end"))).items is first
    for count in range(201, 600):
        assert decode(Again, encode(Again(items(count), b"end"))).items == items(count)
    assert decode(Again, octets).items is not first, "others have come in between, and memory is bounded"
    assert decode(Again, octets).items == first


def test_it_counts_each_time_and_is_refused_at_the_same_place() -> None:
    octets = encode(Plain(items(200), b"end"))
    values = 1 + 2 * 200
    places = []
    for struct_ in (Plain, Again, Again):
        assert len(decode(struct_, octets, values).items) == 200
        with pytest.raises(TooManyValues) as caught:
            decode(struct_, octets, values - 1)
        places.append((caught.value.path, caught.value.offset))
    assert places[0] == places[1] == places[2]
    assert places[0][0] == "items[199]"


@pytest.mark.parametrize("at", [0, 1, 700, 2000])
def test_octets_that_differ_are_looked_at(at: int) -> None:
    octets = encode(Plain(items(200), b"end"))
    assert decode(Again, octets).items == items(200)
    spoilt = octets[:at] + bytes([octets[at] ^ 0xFF]) + octets[at + 1 :]
    outcomes = []
    for struct_ in (Plain, Again, Again):
        try:
            found = decode(struct_, spoilt)
            outcomes.append((found.items, found.last))
        except DecodeError as error:
            outcomes.append((error.path, error.offset, error.reason))
    assert outcomes[0] == outcomes[1] == outcomes[2] != (items(200), b"end")


def test_spans_are_those_of_a_vector() -> None:
    octets = encode(Plain(items(40), b"end"))
    assert decode(Again, octets).items == items(40)
    assert [span.name for span in spans(Again, octets)] == [span.name for span in spans(Plain, octets)]
    assert spans(Again, octets)[0].children == spans(Plain, octets)[0].children
