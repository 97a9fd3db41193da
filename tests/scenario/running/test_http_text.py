"""What of a scenario's text can go into HTTP, and where a file says what can't."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import scenario

ASK = "  - request: {by: a.example, to: b.example, "
SAY = "  - answer: {by: b.example, endpoint: ds_domain, "


@pytest.mark.parametrize(
    ("step", "complaint", "at"),
    [
        (ASK + "method: PÖST, path: /}", "a method is ASCII", "PÖST"),
        (ASK + 'method: GET, path: /, host: "ł"}', "headers are ISO 8859-1", '"ł'),
        (ASK + 'method: GET, path: /, content_type: "te/☃"}', "headers are ISO 8859-1", '"te'),
        (ASK + 'method: GET, path: /, headers: {"x☃": y}}', "headers are ISO 8859-1", '"x☃'),
        (ASK + 'method: GET, path: /, headers: {x: "€"}}', "headers are ISO 8859-1", '"€'),
        (SAY + 'headers: {x: "€"}}', "can't be sent: our servers", '"€'),
        (SAY + 'headers: {x: "a\\nb"}}', "can't be sent: our servers", '"a\\n'),
        (SAY + 'headers: {x: " a"}}', "can't be sent: our servers", '" a'),
        (SAY + 'headers: {"x y": a}}', "can't be sent: our servers", '"x y'),
        (SAY + 'headers: {"": a}}', "can't be sent: our servers", '"": a'),
        (SAY + "headers: {Content-Length: 5}}", "how long an answer is", "Content"),
        (SAY + "headers: {transfer-encoding: chunked}}", "how long an answer is", "transfer"),
        (SAY + "headers: {TE: trailers}}", "an answer has none", "TE"),
    ],
)
def test_what_can_not_be_sent_is_a_mistake_with_its_place(step: str, complaint: str, at: str) -> None:
    with pytest.raises(ScenarioFileError, match=complaint) as caught:
        scenario(step + "\n")
    assert f":{step.index(at) + 1}: " in str(caught.value)


@pytest.mark.parametrize(
    "step",
    [
        ASK + 'method: "", path: ""}',
        ASK + 'method: "a b\\r\\n", path: "☃ #", host: "\\0ü", headers: {"": "\\n", "x y": "\\xff"}}',
        SAY + 'headers: {X-Y: "", y: "a\\tü b"}}',
    ],
)
def test_what_can(step: str) -> None:
    scenario(step + "\n")
