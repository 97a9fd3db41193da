"""Who is in a trace."""

from tests.trace.examples import HEADER


def test_a_host_is_its_providers() -> None:
    assert HEADER.provider_of("ds.a.example") == "a.example"
    assert HEADER.provider_of("b.example") == "b.example"
    assert HEADER.provider_of("elsewhere.example") == "elsewhere.example"
