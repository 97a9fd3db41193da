import pytest

from simulator.codec import DecodeError, decode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.floods import REPEATED

DRAFT = DRAFTS[0]


def test_each_is_read_up_to_the_vector_that_has_too_much() -> None:
    for name, repeated in REPEATED.items():
        front = repeated.front("m.example", "a.example")
        assert b"\x09m.example\x09a.example" in front, name
        struct = DRAFT.named(repeated.endpoint).request
        with pytest.raises(DecodeError) as raised:
            decode(struct, front + b"\x01")
        assert raised.value.offset >= len(front), name
