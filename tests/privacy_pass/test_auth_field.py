"""Fields with challenges and credentials: RFC 9110 11.2 to 11.6."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.privacy_pass.auth_field import AuthElement, MalformedField, read_challenges, read_credentials, scheme_of


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("", []),
        (" , ,", []),
        ("Basic", [("basic", {}, None)]),
        ('Basic realm="simple"', [("basic", {"realm": "simple"}, None)]),
        # RFC 9110 11.6.1 has this one
        (
            'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
            [
                ("basic", {"realm": "simple"}, None),
                ("newauth", {"realm": "apps", "type": "1", "title": 'Login to "apps"'}, None),
            ],
        ),
        ("Negotiate YWJj==, Basic", [("negotiate", {}, "YWJj=="), ("basic", {}, None)]),
        ("Negotiate a/+b=", [("negotiate", {}, "a/+b=")]),
        ("A x=1,B y=2", [("a", {"x": "1"}, None), ("b", {"y": "2"}, None)]),
        ("A , x=1", [("a", {"x": "1"}, None)]),
        ("A, B", [("a", {}, None), ("b", {}, None)]),
        ('\t pRIVATEtOKEN   X \t=\t "a,b c" ,, Y= z , ', [("privatetoken", {"x": "a,b c", "y": "z"}, None)]),
        ("A x=YQ==, y=YWI=", [("a", {"x": "YQ==", "y": "YWI="}, None)]),
        ('A x=""', [("a", {"x": ""}, None)]),
        ('A x="\\\\\\a"', [("a", {"x": "\\a"}, None)]),
        ("A x=", [("a", {}, "x=")]),
        ("=x", None),
        ("x=1", None),
        ("A b c", None),
        ("A x=1 y=2", None),
        ("A x=1, X=2", None),
        ('A x="', None),
        ('A x="a', None),
        ('A x="a"b', None),
        ("A x=a=b", None),
        ("A YQ==, x=1", None),
        ('A "x"', None),
        ("A x=é", None),
        ("A;x=1", None),
        ("A x=1\n", None),
        ("A\r\nB", None),
    ],
)
def test_challenges(field: str, found: list[tuple[str, dict[str, str], str | None]] | None) -> None:
    if found is None:
        with pytest.raises(MalformedField):
            read_challenges(field)
    else:
        assert read_challenges(field) == tuple(AuthElement(*each) for each in found)


def test_credentials_are_one() -> None:
    assert read_credentials('PrivateToken token="YQ=="') == AuthElement("privatetoken", {"token": "YQ=="})
    for field in ("", "A x=1, A x=2"):
        with pytest.raises(MalformedField, match="credentials in a field"):
            read_credentials(field)


@pytest.mark.parametrize(("field", "scheme"), [("Basic YQ==", "basic"), (" Bearer", "bearer"), ("", "")])
def test_the_scheme_of_what_can_not_be_read(field: str, scheme: str) -> None:
    assert scheme_of(field) == scheme


@given(st.text(alphabet='Ab1= ,"\\\t;', max_size=40))
def test_any_text_is_read_or_malformed(field: str) -> None:
    try:
        found = read_challenges(field)
    except MalformedField:
        return
    assert all(each.scheme for each in found)
    assert all(not each.parameters or each.token68 is None for each in found)


@pytest.mark.parametrize("part", ["a ", "a=1,", "a,", "a=", '"', " ", "a\\", "=", 'a="b" '])
def test_long_fields_take_no_time(part: str) -> None:
    try:
        read_challenges("A x=1, " + part * (16_384 // len(part)))
    except MalformedField:
        return
