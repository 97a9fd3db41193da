"""Each rule on the fields of an HTTP/2 answer, broken alone."""

import pytest

from simulator.net.client.answer_fields import check_head, check_length, check_trailers
from simulator.net.client.attempt import MalformedAnswer

STATUS = (b":status", b"200")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ([STATUS], 200),
        ([(b":status", b"103"), (b"link", b"</x>")], 103),
        ([(b":status", b"599"), (b"x", b""), (b"x", b"a b\tc"), (b"y", b"\xfc\x7f")], 599),
        ([STATUS, (b"!#$%&'*+-.^_`|~", b"1")], 200),
    ],
)
def test_what_may_be(fields: list[tuple[bytes, bytes]], status: int) -> None:
    assert check_head(fields) == status
    check_trailers(fields[1:])


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ((b"", b"x"), "no field can have the name ''"),
        ((b"Etag", b"x"), "the name 'Etag'"),
        ((b"x y", b"x"), "the name 'x y'"),
        ((b"x\x00", b"x"), r"the name 'x\\x00'"),
        ((b"x\x7f", b"x"), r"the name 'x\\x7f'"),
        ((b"\xfcber", b"x"), r"the name '\\xfcber'"),
        ((b"x\n", b"x"), r"the name 'x\\n'"),
        ((b"x:y", b"x"), "the name 'x:y'"),
        ((b"x", b"a\x00b"), r"the value 'a\\x00b' of 'x'"),
        ((b"x", b"a\rb"), r"the value 'a\\rb'"),
        ((b"x", b"a\n"), r"the value 'a\\n'"),
        ((b"x", b" a"), "the value ' a'"),
        ((b"x", b"a\t"), r"the value 'a\\t'"),
        ((b"x", b" "), "the value ' '"),
        ((b"connection", b"close"), "'connection' is of HTTP/1.1's connections"),
        ((b"proxy-connection", b"x"), "'proxy-connection'"),
        ((b"keep-alive", b"timeout=5"), "'keep-alive'"),
        ((b"transfer-encoding", b"chunked"), "'transfer-encoding'"),
        ((b"upgrade", b"h2c"), "'upgrade'"),
        ((b"te", b"trailers"), "'te'"),
    ],
)
def test_what_no_field_may_be(field: tuple[bytes, bytes], reason: str) -> None:
    with pytest.raises(MalformedAnswer, match=reason):
        check_head([STATUS, field])
    with pytest.raises(MalformedAnswer, match=reason):
        check_trailers([(b"x", b"y"), field])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ([], "no :status"),
        ([(b"x", b"y")], "no :status"),
        ([STATUS, STATUS], "2 :status"),
        ([(b"x", b"y"), STATUS], "':status' stands behind other fields"),
        ([STATUS, (b":path", b"/")], "an answer has no ':path'"),
        ([STATUS, (b":", b"x")], "an answer has no ':'"),
        ([STATUS, (b":a:b", b"x")], "the name ':a:b'"),
        ([(b":status", b"abc")], "its :status is 'abc'"),
        ([(b":status", b"")], "its :status is ''"),
        ([(b":status", b"1000")], "'1000'"),
        ([(b":status", b"20")], "'20'"),
        ([(b":status", b"099")], "'099'"),
        ([(b":status", b"+20")], r"'\+20'"),
        ([(b":status", b"\xb2\xb2\xb2")], "not three digits"),
        ([(b":status", b"200\n")], "the value"),
        ([(b":status", b"101")], "no status 101"),
    ],
)
def test_what_no_head_may_be(fields: list[tuple[bytes, bytes]], reason: str) -> None:
    with pytest.raises(MalformedAnswer, match=reason):
        check_head(fields)


def test_trailers_have_no_status() -> None:
    with pytest.raises(MalformedAnswer, match="':status' stands in the trailers"):
        check_trailers([STATUS])


@pytest.mark.parametrize(("said", "length"), [(b"0", 0), (b"00", 0), (b"5", 5), (b"005", 5)])
def test_the_length_that_it_says(said: bytes, length: int) -> None:
    check_length([STATUS, (b"content-length", said)], length)
    check_length([STATUS], length)
    with pytest.raises(MalformedAnswer, match="bytes of content, and a content-length of"):
        check_length([STATUS, (b"content-length", said)], length + 1)
