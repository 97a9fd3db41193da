import pytest

from simulator.privacy_pass.token_types import BLIND_RSA, RESERVED, token_type


@pytest.mark.parametrize(("data", "kind"), [(b"", None), (b"\0", None), (b"\0\2", 2), (b"\xf0\x57rest", 0xF057)])
def test_what_a_struct_begins_with(data: bytes, kind: int | None) -> None:
    assert token_type(data) == kind


def test_the_reserved_types_are_those_of_the_registry() -> None:
    assert len(set(RESERVED)) == 17
    assert BLIND_RSA not in RESERVED
