"""What events say of themselves."""

from dataclasses import replace

from tests.trace.examples import EXCHANGE, JOINED


def test_who_was_asked_is_the_provider_where_it_is_known() -> None:
    assert EXCHANGE.to == "a.example"
    assert replace(EXCHANGE, provider=None).to == "ds.a.example"


def test_rejections_are_told_from_what_happens_every_day() -> None:
    assert not JOINED.is_rejection
    assert replace(JOINED, kind="Rejected", rule="aead").is_rejection


def test_connections_and_times_are_no_part_of_equality() -> None:
    assert replace(EXCHANGE, connection=2, opened=0.1, answered=0.2, started=0, seconds=9) == EXCHANGE
    assert replace(EXCHANGE, code="wrong_epoch") != EXCHANGE
