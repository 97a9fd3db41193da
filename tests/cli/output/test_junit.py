"""JUnit XML, against the schema that Jenkins has."""

from pathlib import Path
from xml.etree import ElementTree as ET

import xmlschema

from simulator.cli.output.junit import to_junit
from tests.cli.results import ALL, OVER_A_RULE

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[2] / "data/junit-10.xsd")


def test_it_is_valid_with_and_without_results() -> None:
    SCHEMA.validate(to_junit(ALL).decode())
    SCHEMA.validate(to_junit(()).decode())


def test_each_result_is_a_testcase() -> None:
    root = ET.fromstring(to_junit(ALL))
    (suite,) = root
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped", "time")}
    assert counts == {"tests": "5", "failures": "1", "errors": "1", "skipped": "2", "time": "7.500"}
    cases = {case.get("name"): case for case in suite.findall("testcase")}
    assert list(cases) == ["one", "bad", "broken", "later", "theirs"]
    assert cases["one"].get("classname") == "good"
    assert [child.tag for child in cases["one"]] == ["system-out"]
    failure = cases["bad"].find("failure")
    assert failure is not None
    assert failure.get("message") == 'a "word" < \ufffd'
    assert "expected one" in (failure.text or "")
    assert "happened two" in (failure.text or "")
    assert "again: mimi-sim run bad.yaml --seed 7" in (failure.text or "")
    error = cases["broken"].find("error")
    assert error is not None
    assert error.get("type") == "fault"
    reasons = [cases[name].find("skipped") for name in ("later", "theirs")]
    assert [reason.get("message") for reason in reasons if reason is not None] == [
        "skipped: no #1 time",
        "unsupported: not ours",
    ]


def test_requirements_are_in_messages_and_properties() -> None:
    document = to_junit((*ALL, *OVER_A_RULE))
    SCHEMA.validate(document.decode())
    root = ET.fromstring(document)
    found = {each.get("name"): each.get("value") for each in root.iter("property")}
    assert found["requirement T-SECURITY-RECIPIENT"] == "2 of 3 failed: bad/two, bad/three"
    assert [each.get("message") for each in root.iter("failure")][1:] == [
        "words [P-5-OWNER, T-SECURITY-RECIPIENT]",
        "words [T-SECURITY-RECIPIENT/TENANT]",
    ]


def test_seeds_are_properties() -> None:
    (suite,) = ET.fromstring(to_junit(ALL))
    found = {each.get("name"): each.get("value") for each in suite.iter("property")}
    assert found["seed of good/one"] == "7"
