import pytest

from simulator.codec import encode
from simulator.privacy_pass.errors import InvalidToken
from simulator.privacy_pass.token import AuthenticatorInput, Token, authenticator_input, read_token

TOKEN = Token(2, b"n" * 32, b"c" * 32, b"k" * 32, b"a" * 256)


def test_a_token_has_354_octets_and_98_are_signed() -> None:
    data = encode(TOKEN)
    assert len(data) == 354
    assert read_token(data) == TOKEN
    assert authenticator_input(TOKEN) == data[:98] == encode(AuthenticatorInput(2, b"n" * 32, b"c" * 32, b"k" * 32))


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "PP-TOKEN-1/TYPE"),
        (b"\x00\x01" + encode(TOKEN)[2:], "PP-TOKEN-1/TYPE"),
        (b"\xf0\x57" + b"r" * 64, "PP-TOKEN-1/TYPE"),
        (encode(TOKEN)[:-1], "PP-TOKEN-1/STRUCT"),
        (encode(TOKEN) + b"\x00", "PP-TOKEN-1/STRUCT"),
        (encode(TOKEN)[:98], "PP-TOKEN-1/STRUCT"),
    ],
)
def test_what_is_no_token(data: bytes, rule: str) -> None:
    with pytest.raises(InvalidToken) as caught:
        read_token(data)
    assert caught.value.rules[0] == rule
