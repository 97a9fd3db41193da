"""What headers say of tokens, above a message."""

from simulator.notebook.figures.header_fields import with_header_fields
from simulator.notebook.figures.markup import Display
from simulator.trace.tokens.fields import FieldMeaning

BODY = Display("<p>body</p>", "body")


def test_a_line_for_each_header_that_opens_to_its_fields() -> None:
    meant = FieldMeaning(0, "authorization", "a token <b>", {"token.nonce": "6e6e", "token.key": "<i>"})
    shown = with_header_fields(BODY, [meant])
    assert repr(shown) == "authorization: a token <b>\nbody"
    assert shown.html.endswith("<p>body</p>")
    assert "a token &lt;b&gt;" in shown.html
    assert "token.nonce" in shown.html
    assert "<i>" not in shown.html


def test_a_message_without_such_headers_is_shown_as_it_is() -> None:
    assert with_header_fields(BODY, []) is BODY
