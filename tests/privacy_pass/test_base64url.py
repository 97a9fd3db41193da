import pytest

from simulator.privacy_pass import base64url


@pytest.mark.parametrize(("data", "text"), [(b"", ""), (b"\xff", "_w=="), (b"\xfb\xff", "-_8="), (b"abc", "YWJj")])
def test_both_ways(data: bytes, text: str) -> None:
    assert base64url.write(data) == text
    assert base64url.read(text) == data


@pytest.mark.parametrize(
    "text",
    ["_w", "_w=", "_w===", "/w==", "_x==", "_w==\n", " _w==", "_w== ", "YW Jj", "YWJj=", "=", "YWJj!", "é", "YWJj\x00"],
)
def test_nothing_but_the_one_encoding_is_read(text: str) -> None:
    with pytest.raises(ValueError, match="not the one"):
        base64url.read(text)
