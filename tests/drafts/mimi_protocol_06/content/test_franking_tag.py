import pytest

from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data, tag_in
from simulator.mls.errors import InvalidMessage
from simulator.mls.framing.safe_aad import safe_aad
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.messages_said import AUTHENTICATED, TAG


def test_the_known_answers() -> None:
    assert TAG.hex() == "405c6baf9e41202fd2007ba104beb40f11c2f458981cccb636b7af255a18a0fa"
    assert AUTHENTICATED.hex() == "23002020" + TAG.hex()
    assert authenticated_data() == b"\x00"


def test_the_tag_is_found_again() -> None:
    assert tag_in(AUTHENTICATED) == TAG
    assert tag_in(b"\x00") is None


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (safe_aad({0x20: TAG, 0x21: b""}), "P6-7-AUTHENTICATED-DATA/ITEMS"),
        (safe_aad({0x20: TAG[1:]}), "P6-7-AUTHENTICATED-DATA/TAG"),
        (safe_aad({0x20: b""}), "P6-7-AUTHENTICATED-DATA/TAG"),
        (b"", "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/BODY"),
    ],
)
def test_authenticated_data_that_is_none(data: bytes, rule: str) -> None:
    with breaks(rule), pytest.raises(InvalidMessage) as refused:
        tag_in(data)
    assert refused.value.rule == "malformed_safe_aad"
