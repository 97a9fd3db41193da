"""The frame for the authenticated data of components."""

import pytest

from simulator.mls.errors import InvalidMessage
from simulator.mls.framing.safe_aad import safe_aad, safe_aad_items
from tests.breaking import breaks

TAG = 0x0020


def test_the_items_are_sorted_on_the_wire() -> None:
    assert safe_aad({0x0105: b"b", TAG: b"a"}) == bytes.fromhex("08 0020 0161 0105 0162")
    assert safe_aad({TAG: bytes(32)}) == bytes.fromhex("23 0020 20") + bytes(32)
    assert safe_aad({}) == b"\x00"


@pytest.mark.parametrize("items", [{}, {TAG: b""}, {TAG: b"tag", 0x0105: b"more"}])
def test_what_is_framed_can_be_read(items: dict[int, bytes]) -> None:
    assert safe_aad_items(safe_aad(items)) == items


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        pytest.param("", "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/BODY", id="nothing at all"),
        pytest.param("00 00", "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/BODY", id="something behind it"),
        pytest.param("04 0020 0261", "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/BODY", id="an item that is too long"),
        pytest.param("08 0105 0162 0020 0161", "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/ORDER", id="not sorted"),
        pytest.param(
            "08 0020 0161 0020 0162", "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/ORDER", id="twice the same component"
        ),
    ],
)
def test_what_is_no_safe_aad_is_refused(data: str, rule: str) -> None:
    with breaks(rule), pytest.raises(InvalidMessage) as caught:
        safe_aad_items(bytes.fromhex(data))
    assert caught.value.rule == "malformed_safe_aad"
