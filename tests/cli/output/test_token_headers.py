"""A header's value, field by field."""

from simulator.cli.output.token_headers import HEADERS, header_lines, header_values, is_readable
from tests.trace.tokens.exchanges import OFFER


def test_a_line_for_the_sentence_and_for_each_field() -> None:
    first, *others = header_lines("WWW-Authenticate", OFFER)
    assert first.startswith("WWW-Authenticate: wants a token of b.example for ds.b.example")
    assert [line.split()[0] for line in others][:2] == ["challenge.token_type", "challenge.issuer_name"]
    assert {len(line) - len(line.lstrip()) for line in others} == {2}


def test_what_belongs_to_no_token_says_so() -> None:
    assert list(header_lines("Authorization", "Basic abc")) == ["Authorization: nothing in it belongs to tokens"]


def test_the_same_as_values() -> None:
    (found,) = header_values("www-authenticate", OFFER)
    assert found["values"]["challenge.origin_info"] == "ds.b.example"


def test_long_values_are_cut() -> None:
    assert max(map(len, header_lines("WWW-Authenticate", f'PrivateToken x="{"y" * 5000}"'))) < 300


def test_headers_by_their_names_in_lower_case() -> None:
    assert HEADERS["www-authenticate"] == "WWW-Authenticate"


def test_whether_all_of_it_can_be_read() -> None:
    assert is_readable("WWW-Authenticate", OFFER)
    assert is_readable("Authorization", "Basic abc")
    assert not is_readable("WWW-Authenticate", f'{OFFER}, PrivateToken challenge="AA=="')
