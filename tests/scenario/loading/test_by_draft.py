"""What a file says for one draft only."""

import pytest

from simulator.scenario import Scenario, ScenarioFileError, load_text
from simulator.scenario.outcome import Outcome
from simulator.scenario.step import keyword
from simulator.services.refusal import Code
from tests.scenario.small_scenarios import TOPOLOGY

pytestmark = pytest.mark.usefixtures("second")

REQUEST = """
  - request: {by: a.example, to: b.example, method: GET, path: /x}
    expect:
"""


def both(steps: str) -> tuple[Scenario, Scenario]:
    first, second = load_text(TOPOLOGY + steps, "my.yaml")
    return first, second


def outcomes(steps: str) -> list[Outcome]:
    return [each.steps[0].expect.outcome for each in both(steps)]


def problems(steps: str, head: str = TOPOLOGY) -> str:
    with pytest.raises(ScenarioFileError) as error:
        load_text(head + steps, "my.yaml")
    return str(error.value)


def test_what_stands_beside_it_holds_for_all() -> None:
    steps = """
      http: 404
      in mimi-transport-00: {error: unknown_user, unchanged: b.example}
      in second: {error: malformed}
"""
    assert outcomes(REQUEST + steps) == [
        Outcome(http=404, error=Code.unknown_user),
        Outcome(http=404, error=Code.malformed),
    ]
    found = [
        [keyword(type(each.expectation)) for each in part.steps[0].expect.expectations]
        for part in both(REQUEST + steps)
    ]
    assert found == [["unchanged"], []]


def test_in_a_list_it_is_an_item() -> None:
    steps = """
      - unchanged: a.example
      - in second:
          - {http: 404}
          - unchanged: b.example
"""
    assert outcomes(REQUEST + steps) == [Outcome(), Outcome(http=404)]
    assert [len(part.steps[0].expect.expectations) for part in both(REQUEST + steps)] == [1, 2]


def test_of_fields_too() -> None:
    first, second = both("""
  - spoof:
      {by: a.example, to: b.example, endpoint: fan_out, fields: {sender: c.example, in second: {recipient: a.example}}}
""")
    assert first.steps[0].step.fields == {"sender": "c.example"}
    assert second.steps[0].step.fields == {"sender": "c.example", "recipient": "a.example"}


def test_an_unknown_draft_has_its_place_and_the_nearest_name() -> None:
    said = problems(REQUEST + "      in secnd: {http: 404}\n")
    assert 'my.yaml:13:7: unknown draft "secnd" (did you mean "second"?)' in said


def test_a_draft_that_the_file_is_not_for() -> None:
    head = TOPOLOGY.replace("topology:", "drafts: [mimi-transport-00]\ntopology:")
    said = problems(REQUEST + "      in second: {http: 404}\n", head)
    assert 'my.yaml:14:7: this file is not for "second"; its drafts: mimi-transport-00' in said


def test_what_is_said_twice() -> None:
    said = problems(
        REQUEST + "      http: 403\n      in second: {http: 404}\n      in mimi-transport-00: {http: 404}\n"
    )
    assert 'my.yaml:15:30: "http" is said twice' in said
    said = problems("""
  - spoof:
      by: a.example
      to: b.example
      endpoint: fan_out
      fields:
        sender: c.example
        in second: {sender: a.example}
        in mimi-transport-00: {sender: a.example}
""")
    assert '"sender" is said for every draft (line 16)' in said


def test_what_is_said_for_another_draft_is_read_for_that() -> None:
    said = problems(
        REQUEST + "      in second: {eror: malformed}\n",
        TOPOLOGY.replace("topology:", "drafts: [mimi-transport-00, second]\ntopology:"),
    )
    assert 'my.yaml:14:19: unknown expectation "eror" (did you mean "error"?)' in said
