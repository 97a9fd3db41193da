"""Whatever is in headers and bodies, it can be told: nothing raises."""

import json

from hypothesis import given
from hypothesis import strategies as st

from simulator.trace.disclosures import acquaintance
from simulator.trace.json_tree import json_dissection
from simulator.trace.tokens.accounts import token_accounts
from simulator.trace.tokens.bodies import token_body
from simulator.trace.tokens.fields import field_meanings
from simulator.trace.tokens.sentences import about_tokens
from tests.trace.examples import trace
from tests.trace.tokens.exchanges import OFFER, challenged, exchange, listed, paid, requested

NAMES = st.sampled_from(
    ["WWW-Authenticate", "authorization", "signature-input", "signature", "content-digest", "mimi-token-holder"]
)
GOOD = [*(value for each in (challenged(), paid(), requested()) for _, value in each.request_headers), OFFER]
CUT = st.builds(lambda text, at, more: text[:at] + more, st.sampled_from(GOOD), st.integers(0, 400), st.text())
VALUES = st.one_of(st.text(), CUT, st.builds(lambda text: f'PrivateToken token="{text}"', st.text()))
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=4).map(tuple)


@given(HEADERS, st.binary(max_size=300))
def test_headers(headers: tuple[tuple[str, str], ...], body: bytes) -> None:
    for each in field_meanings(headers, body, {}):
        assert each.said.isprintable()
    odd = exchange(1, request_headers=headers, response_headers=headers, request=body, status=401, refused=True)
    assert isinstance(about_tokens(odd, {}), str)
    token_accounts([odd])
    acquaintance(trace(odd))


@given(st.binary(max_size=400), st.sampled_from([requested().request_headers, listed().response_headers]))
def test_bodies(body: bytes, headers: tuple[tuple[str, str], ...]) -> None:
    found = token_body(headers, body)
    assert (found is None) == (not body)
    token_accounts([exchange(1, request_headers=headers, response_headers=headers, request=body, response=body)])


@given(JSON)
def test_json(value: object) -> None:
    data = json.dumps(value).encode()
    root = json_dissection(data, "Any").root
    assert (root.offset, root.length) == (0, len(data))
