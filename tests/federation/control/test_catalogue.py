"""What the interface says about itself holds."""

import json

import jsonschema
import msgspec
import pytest

from simulator.federation.control.actions import ACTIONS
from simulator.federation.control.catalogue import catalogue, schema
from simulator.federation.control.operator import Operator


async def test_who_is_there(operator: Operator) -> None:
    told = json.loads(msgspec.json.encode(catalogue(operator.session)))
    assert told["providers"]["a.example"] == {
        "service_host": "ds.a.example",
        "users": {"alice": ["phone"]},
    }
    assert set(told["actions"]) == {f"/{name}" for name in ACTIONS}


@pytest.mark.parametrize("name", ACTIONS)
async def test_each_action_is_described_and_its_example_is_good(operator: Operator, name: str) -> None:
    shown = catalogue(operator.session)["actions"][f"/{name}"]
    told = json.loads(msgspec.json.encode(schema()))["actions"][f"/{name}"]
    assert told["about"].replace("\n", " ").startswith(shown["about"])
    assert told["example"] == json.loads(msgspec.json.encode(shown["example"]))
    jsonschema.validate(told["example"], told["takes"])
    msgspec.convert(told["example"], ACTIONS[name])
    jsonschema.Draft202012Validator.check_schema(told["answers"])
