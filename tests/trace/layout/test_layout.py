"""The layout of a draft as JSON, and strictly back."""

import json
from typing import Any

import pytest

from simulator.codec.layout import LayoutError
from simulator.trace.layout import EndpointLayout, from_json, to_json
from tests.trace.layout.recorded_bodies import shipped


def test_back_it_is_the_same() -> None:
    assert from_json(to_json(shipped())) == shipped()


def test_it_is_small() -> None:
    assert len(to_json(shipped())) < 25_000


def test_endpoints_go_by_name_or_path() -> None:
    layout = shipped()
    assert layout.endpoint("group_operation") is layout.endpoint("/group_operation") is not None
    assert layout.endpoint("/elsewhere") is None


@pytest.mark.parametrize(
    ("path", "served"), [("/v1/update/a%2Fb", True), ("/v1/update/", False), ("/v1/update/a/b", False), ("/v1", False)]
)
def test_a_variable_stands_for_one_part_of_a_path(path: str, served: bool) -> None:
    assert EndpointLayout("POST", "/v1/update/{roomId}", "", None, None).serves(path) is served


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"draft": 5}, "^draft: not a text$"),
        ({"checks": {}}, "^checks: not a list$"),
        ({"rules": [None]}, "^rules: not a text$"),
        ({"labels": {"X": 1}}, "^labels: not a text$"),
        ({"more": 1}, "has to have draft, simulator, wire, endpoints, labels, checks, rules, and nothing else"),
        ({"endpoints": {"x": ["GET"]}}, r"^endpoints\.x: 1 items, not 8 to 8$"),
        ({"endpoints": {"x": ["GET", "/", "", "Nobody", None, 200, False, ""]}}, "there is no struct Nobody"),
        ({"endpoints": {"x": ["GET", "/", "", None, None, 200, 0, ""]}}, "neither true nor false"),
    ],
)
def test_anything_else_is_refused_with_its_place(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(LayoutError, match=words):
        from_json(json.dumps(json.loads(to_json(shipped())) | changes))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"draft":"a","draft":"b"}', b"\xff", "9" * 10_000])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(LayoutError):
        from_json(text)


def test_nobody_reads_megabytes() -> None:
    with pytest.raises(LayoutError, match="a layout of more than"):
        from_json(" " * (1 << 21))
