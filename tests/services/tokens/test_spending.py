"""Each token once."""

import pytest

from simulator.rules import Enforcement, enforced_by
from simulator.services.refusal import Refusal
from simulator.services.tokens.refusals import TOKEN_SPENT
from simulator.services.tokens.spending import (
    KeptAnswer,
    answered,
    first_window,
    kept_answer,
    request_digest,
    settles,
    spent,
)
from tests.breaking import breaks

NOW, HOUR = 1_700_000_000, 3600
REQUEST, OTHER = request_digest("/path", b"body"), request_digest("/path", b"other")
ROW = spent(b"n" * 32, REQUEST, HOUR, NOW)


def test_a_request_is_known_by_path_and_body() -> None:
    assert len({REQUEST, OTHER, request_digest("/pathb", b"ody"), request_digest("/path\0", b"body")}) == 4


def test_a_new_token_pays() -> None:
    assert kept_answer(None, REQUEST) is None
    assert (ROW.request, ROW.window, ROW.answer) == (REQUEST, 472_222, None)


def test_the_same_request_goes_on_until_there_is_an_answer_and_then_gets_it() -> None:
    assert kept_answer(ROW, REQUEST) is None
    for status in (429, 500, 503):
        assert answered(ROW, status, b"later") == ROW
    assert kept_answer(answered(ROW, 200, b"answer"), REQUEST) == KeptAnswer(200, b"answer")
    assert kept_answer(answered(ROW, 403, b"no"), REQUEST) == KeptAnswer(403, b"no")


@pytest.mark.parametrize("row", [ROW, answered(ROW, 200, b"answer")])
@breaks("PP-SPEND-3")
def test_another_request_finds_it_spent(row) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal) as caught:
        kept_answer(row, OTHER)
    assert (caught.value.code, caught.value.requirement) == (TOKEN_SPENT, "PP-SPEND-3")
    with enforced_by(Enforcement({"PP-SPEND-3"})):
        assert kept_answer(row, OTHER) is None


@pytest.mark.parametrize(
    ("status", "settled"),
    [(200, True), (400, True), (401, True), (404, True), (429, False), (500, False), (503, False)],
)
def test_refusals_settle_and_failures_do_not(status: int, settled: bool) -> None:
    assert settles(status) is settled


def test_rows_are_forgotten_when_no_token_of_their_window_is_taken() -> None:
    """The latest token that a row may be of has a challenge of its window, which is taken in the next one, too."""
    assert first_window(HOUR, NOW) == 472_221
    assert ROW.window >= first_window(HOUR, NOW + HOUR)
    assert ROW.window < first_window(HOUR, NOW + 2 * HOUR)
