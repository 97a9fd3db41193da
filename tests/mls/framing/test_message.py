import pytest

from simulator.codec import DecodeError, decode, encode
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.joining.welcome import Welcome

WIRE = bytes.fromhex("0001 0003 0001 00 0161")


def test_an_envelope_has_version_and_wire_format() -> None:
    message = mls_message(Welcome(1, (), b"a"))
    assert encode(message) == WIRE
    assert decode(MLSMessage, WIRE) == message


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param(b"\x00\x02" + WIRE[2:], id="version"),
        pytest.param(WIRE[:2] + b"\x00\x06" + WIRE[4:], id="wire format"),
        pytest.param(WIRE + b"\x00", id="trailing byte"),
        pytest.param(WIRE[:-1], id="short"),
    ],
)
def test_anything_else_is_malformed(wire: bytes) -> None:
    with pytest.raises(DecodeError):
        decode(MLSMessage, wire)


def test_a_welcome_does_not_show_its_group() -> None:
    assert decode(MLSMessage, WIRE).group_id is None
