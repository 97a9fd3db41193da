"""Each sort of error has its status and its word."""

import pytest

from simulator.clients import NoRequest, NoSuchMember, NotAMember, SubstitutedKeyPackage
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.errors import SimulatorError
from simulator.federation import Unsupported
from simulator.federation.control.errors import ROWS, BadRequest, body_of, fault_body, status_of
from simulator.federation.control.operator import NotFound
from simulator.federation.session import UnknownName
from simulator.mls.errors import InvalidCommit
from simulator.net import Unreachable
from simulator.services.names import BadName
from simulator.services.refusal import Code, Refusal

CASES = [
    (Refusal(Code.not_authorized, "no"), 409, "not_authorized"),
    (InvalidCommit("path_required", "RFC 9420 12.4", "no path"), 409, "path_required"),
    (SubstitutedKeyPackage("mimi://a.example/g/1", "wrong_client", "no"), 409, "wrong_client"),
    (NotFound("no", "a", ["b"]), 404, "unknown_name"),
    (UnknownName("no"), 404, "unknown_name"),
    (NotAMember("no"), 404, "unknown_group"),
    (NoSuchMember("no"), 404, "unknown_member"),
    (NoRequest("no"), 404, "no_request"),
    (BadName("no"), 400, "bad_name"),
    (Unreachable("a.example", "https://b.example", "down"), 502, "no_answer"),
    (BadAnswer("no"), 502, "bad_answer"),
    (Unsupported("no"), 501, "unsupported"),
    (SimulatorError("no"), 409, "refused"),
    (BadRequest(413, "too_large", "no"), 413, "too_large"),
]


@pytest.mark.parametrize(("error", "status", "word"), CASES, ids=[type(case[0]).__name__ for case in CASES])
def test_status_and_word(error: SimulatorError, status: int, word: str) -> None:
    assert (status_of(error), body_of(error)["error"]) == (status, word)
    assert body_of(error)["message"] == str(error)


def test_each_row_has_a_case() -> None:
    """The first row that fits is the one meant: no row hides another."""
    rows = [next(row for row in ROWS if isinstance(error, row.kind)) for error, *_ in CASES[:-1]]
    assert rows == list(ROWS)


def test_what_is_known_is_told() -> None:
    refusal = Refusal(Code.wrong_epoch, "epoch 4 is over", "RFC 9420 14", current_epoch=5).named("send", "a.example")
    body = body_of(refusal)
    assert (body["current_epoch"], body["section"], body["provider"]) == (5, "RFC 9420 14", "a.example")
    assert body_of(NotFound("no", "alise", ["alice"]))["nearest"] == "alice"
    assert "nearest" not in body_of(NotFound("no", "zzz", ["alice"]))


def test_a_fault_of_ours_looks_different() -> None:
    body = fault_body(ZeroDivisionError("a bug"))
    assert body["error"] == "simulator_fault"
    assert "the simulator itself failed" in body["message"]
