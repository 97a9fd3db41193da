"""The token in its field."""

import pytest

from simulator.codec import encode
from simulator.privacy_pass import base64url
from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.privacy_pass.errors import InvalidToken, TokenRequired
from simulator.privacy_pass.token import Token
from simulator.rules import Enforcement, enforced_by

TOKEN = Token(2, b"n" * 32, b"c" * 32, b"k" * 32, b"a" * 256)
OCTETS = base64url.write(encode(TOKEN))


def test_what_we_send_has_507_octets_with_its_name() -> None:
    field = write_authorization(TOKEN)
    assert field == f'PrivateToken token="{OCTETS}"'
    assert read_authorization([field]) == TOKEN
    assert len(f"authorization: {field}") == 508


@pytest.mark.parametrize(
    "field",
    [
        f"PRIVATETOKEN TOKEN={OCTETS}",
        f'privatetoken  unknown=x , token = "{OCTETS}"',
        f'PrivateToken token="{OCTETS}", unknown="x"',
    ],
)
def test_other_spellings(field: str) -> None:
    assert read_authorization([field]) == TOKEN


@pytest.mark.parametrize("fields", [[], ["Basic YWJj"], ["Bearer"], [""], ["PrivateTokens token=x"], ["Basic =,="]])
def test_without_a_token_one_is_required(fields: list[str]) -> None:
    with pytest.raises(TokenRequired) as caught:
        read_authorization(fields)
    assert caught.value.rule == "token_required"


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ([write_authorization(TOKEN)] * 2, "PP-TOKEN-2/ONE"),
        (["Basic YWJj", write_authorization(TOKEN)], "PP-TOKEN-2/ONE"),
        ([f"PrivateToken token={OCTETS}, token={OCTETS}"], "PP-TOKEN-2/FIELD"),
        ([f"PrivateToken token={OCTETS}, PrivateToken token={OCTETS}"], "PP-TOKEN-2/FIELD"),
        ([f"PrivateToken token={OCTETS}, Basic YWJj"], "PP-TOKEN-2/FIELD"),
        (["PrivateToken"], "PP-TOKEN-2/FIELD"),
        ([f"PrivateToken {OCTETS}"], "PP-TOKEN-2/FIELD"),
        (["PrivateToken challenge=x"], "PP-TOKEN-2/FIELD"),
        ([f"PrivateToken token={OCTETS.replace('Y', '+')}"], "PP-TOKEN-2/BASE64URL"),
        ([f"PrivateToken token={OCTETS}="], "PP-TOKEN-2/BASE64URL"),
        (['PrivateToken token=""'], "PP-TOKEN-1/TYPE"),
        (["PrivateToken token=AAIA"], "PP-TOKEN-1/STRUCT"),
        ([f"PrivateToken token={base64url.write(encode(TOKEN) + b'!')}"], "PP-TOKEN-1/STRUCT"),
    ],
)
def test_what_is_no_token(fields: list[str], rule: str) -> None:
    with pytest.raises(InvalidToken) as caught:
        read_authorization(fields)
    assert (caught.value.rule, caught.value.rules[0]) == ("invalid_token", rule)


def test_who_does_not_keep_the_rule_takes_the_first_of_two() -> None:
    with enforced_by(Enforcement({"PP-TOKEN-2/ONE"})):
        assert read_authorization([write_authorization(TOKEN), "Basic YWJj"]) == TOKEN
