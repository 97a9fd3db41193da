"""The schema takes what the loader takes, and refuses what breaks the shape; an independent validator judges."""

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import simulator.scenario
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.json_schema import descriptions, json_schema, value
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, Sequence
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.tree import parse
from simulator.scenario.steps import STEPS
from simulator.scenario.topology import Provider

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted(file for file in (ROOT / "scenarios").rglob("*.yaml") if file.parent.name != "experiments")
BROKEN = sorted((ROOT / "tests" / "golden" / "broken").glob("*.yaml"))
VALIDATOR = Draft202012Validator(json_schema())

NO_TREE = {
    "aliases",
    "control-character",
    "duplicate-keys",
    "empty",
    "not-utf-8",
    "syntax",
    "tab",
    "tags",
    "two-documents",
}
"""Broken before there is a tree: no schema sees these."""
ONLY_NAMES = {
    "bad-race": "what may race is no matter of shape",
    "contradictions": "each field alone is right",
    "defined-twice": "names",
    "no-provider": "an overlay may have none",
    "part": "a good part, but nobody includes it",
    "repetitions": "only together they are too many",
    "shared-hosts": "names",
    "unknown-names": "names",
    "used-before-defined": "names",
    "wrong-kind-of-name": "names",
}


def plain(node: Node | None) -> Any:
    match node:
        case Scalar(found):
            return found
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(values):
            return {name: plain(inner) for name, inner in values.items()}
    return None


def content(file: Path) -> Any:
    text = file.read_text()
    return plain(parse(text, Problems(file.name, text)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_shipped_file_is_valid(file: Path) -> None:
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(content(file))] == []


@pytest.mark.parametrize(
    "file", [file for file in BROKEN if file.stem not in NO_TREE | set(ONLY_NAMES)], ids=lambda file: file.stem
)
def test_a_file_of_a_broken_shape_is_not(file: Path) -> None:
    assert not VALIDATOR.is_valid(content(file))


@pytest.mark.parametrize("name", ONLY_NAMES)
def test_an_exempt_file_has_a_good_shape(name: str) -> None:
    assert VALIDATOR.is_valid(content(ROOT / "tests" / "golden" / "broken" / f"{name}.yaml")), ONLY_NAMES[name]


def test_every_keyword_is_explained() -> None:
    definitions = json_schema()["$defs"]
    for family, kinds in (("step", STEPS), ("expect", EXPECTATIONS)):
        for name, kind in kinds.items():
            assert "__doc__" in vars(kind), name
            assert len(definitions[f"{family}.{name}"]["description"]) > 20, name


def test_the_text_below_a_field_is_its_description() -> None:
    assert descriptions(Provider)["max_body"].startswith("The largest request body that it takes")
    fields = json_schema()["else"]["properties"]
    assert fields["skip"]["description"] == "Why it is not run, if it is not."


def test_every_class_that_reads_itself_has_a_shape() -> None:
    found = set()
    for module in pkgutil.walk_packages(simulator.scenario.__path__, "simulator.scenario."):
        for _, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if "read" in vars(kind) and kind.__module__.startswith("simulator.scenario"):
                found.add(kind)
    assert len(found) >= 8
    for kind in found:
        assert value(kind), kind


@pytest.mark.parametrize(
    ("steps", "valid"),
    [
        ([{"create_group": "alice", "as": "team"}], True),
        ([{"create_group": {"by": "alice"}, "repeat": "${n}"}], True),
        ([{"expect": {"agreement": "team"}}], True),
        ([{"expect": [{"http": 403}, {"unchanged": "a.example"}]}], True),
        ([{"advance": "5m"}, {"advance": 90}], True),
        ([{"together": [{"crash": "a.example"}, {"crash": "b.example"}]}], True),
        ([{"fault": {"drop_answer": {"where": {"recipient": "b.example"}}}}], True),
        ([{"create_group": "alice", "crash": "a.example"}], False),
        ([{"as": "team"}], False),
        ([{"create_group": "alice", "as": "m${round}"}], True),
        ([{"create_group": "alice", "as": "my team"}], False),
        ([{"create_group": "alice", "tags": ["slow"]}, {"create_group": "alice", "tags": "slow"}], True),
        ([{"create_group": "alice", "tags": [7]}], False),
        ([{"create_gruop": "alice"}], False),
        ([{"create_group": {"bye": "alice"}}], False),
        ([{"advance": "5 weeks"}], False),
        ([{"expect": {"agreememt": "team"}}], False),
        ([{"create_group": "alice", "expect": {"http": 99}}], False),
        ([{"create_group": "alice", "repeat": 0}], False),
        ([{"together": [{"crush": "a.example"}]}], False),
        ([{"fault": {"drop_answers": {}}}], False),
        ([{"expect": {"noticed": {"event": "joined", "by": "bob"}}}], True),
        ([{"expect": {"noticed": {"event": "${event}", "by": "bob"}}}], True),
        ([{"expect": {"noticed": {"event": "join", "by": "bob"}}}], False),
        ([{"crash": "a.example", "expect": {"may_reject": ["wrong_epoch"]}}], True),
        ([{"crash": "a.example", "expect": {"may_reject": ["zork"]}}], False),
        ([7], False),
    ],
)
def test_single_steps(steps: Any, valid: bool) -> None:
    head = {"name": "x", "topology": {"providers": {"a.example": {}}}}
    assert VALIDATOR.is_valid({**head, "steps": steps}) == valid


@pytest.mark.parametrize(
    ("file", "valid"),
    [
        ({"name": "x", "include": "part.yaml"}, True),
        ({"part": "x", "steps": []}, True),
        ({"part": "x", "seed": 1}, False),
        ({"name": "x", "steps": []}, False),
        ({"name": "x", "topology": {"generate": {"providers": "${n}"}}, "steps": []}, True),
        ({"name": "x", "topology": {"generate": {"providers": 0}}, "steps": []}, False),
    ],
)
def test_whole_files(file: Any, valid: bool) -> None:
    assert VALIDATOR.is_valid(file) == valid


def test_what_not_every_draft_has_is_said() -> None:
    described = json_schema()["$defs"]["step.lie_about_key"]["description"]
    assert described.endswith(" Only in drafts that know: provider keys.")
    assert "Only in drafts" not in json_schema()["$defs"]["step.send"]["description"]


def test_what_is_for_one_draft_may_stand_in_an_expect() -> None:
    one, several = json_schema()["$defs"]["expect"]["anyOf"]
    assert one["patternProperties"] == {"^in ": {"$ref": "#/$defs/expect"}}
    assert several["items"] == one
    assert "fan_out" in json_schema()["$defs"]["step.capture"]["properties"]["endpoint"]["anyOf"][0]["enum"]
