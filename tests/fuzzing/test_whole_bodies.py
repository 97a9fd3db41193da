"""Bodies of several structs."""

from simulator.codec import decode
from simulator.drafts import registry
from simulator.fuzzing.whole_bodies import Several, body_of, framed, request_struct, several_of


def test_several_are_one_struct_without_a_length() -> None:
    draft = registry.named("mimi-protocol-06")
    row = next(row for row in draft.endpoints if row.several)
    kind = request_struct(row)
    assert kind is several_of(row.request)
    empty = decode(kind, framed(row, b""))
    assert isinstance(empty, Several)
    assert (empty.items, body_of(empty)) == ((), b"")


def test_one_is_itself() -> None:
    row = next(row for row in registry.named("mimi-transport-00").endpoints if row.request is not None)
    assert request_struct(row) is row.request
    assert framed(row, b"abc") == b"abc"
