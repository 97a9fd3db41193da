"""The language in words."""

import msgspec

from simulator.cli.output.reference import Word, full, short, words
from simulator.scenario.loading.variants import SETTINGS, SIZES
from simulator.scenario.outcome import Outcome
from simulator.scenario.schema import ScenarioFile


def test_every_word_is_explained() -> None:
    assert all(word.described for word in words())


def test_a_line_each_with_its_first_sentence() -> None:
    known = [Word("step", "send", {"description": "One message. More."}), Word("expect", "got", {"description": "So."})]
    assert list(short(known)) == ["steps:", "  send  One message.", "expectations:", "  got   So."]


def test_fields_with_their_types() -> None:
    schema = {
        "description": "Words.",
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {
                    "a": {"type": "integer", "description": "How many."},
                    "b": {"anyOf": [{"enum": ["x", "y"]}, {"type": "string", "pattern": r"\$\{"}]},
                    "c": {"type": "array", "items": {"$ref": "#/$defs/step.send"}},
                    "d": {"type": ["string", "null"]},
                    "e": {"const": 1},
                    "f": {},
                },
                "required": ["a"],
            },
            {"type": "string", "pattern": r"\$\{"},
        ],
    }
    assert list(full(Word("expect", "got", schema))) == [
        "got (an expectation): Words.",
        "  short form: got: string",
        "  a: integer. How many.",
        "  b: x | y, may be left out",
        "  c: list of send, may be left out",
        "  d: string, may be left out",
        "  e: 1, may be left out",
        "  f: anything, may be left out",
    ]
    assert list(full(Word("step", "wait", {"description": "W.", "type": "string"}))) == ["wait: W.", "  string"]


def test_words_with_meanings_have_a_line_each() -> None:
    words = [{"const": "red", "description": "Warm."}, {"const": "green", "description": "Of grass."}]
    schema = {
        "description": "P.",
        "properties": {"colour": {"anyOf": [{"oneOf": words}, {"type": "string", "pattern": r"\$\{"}]}},
    }
    assert list(full(Word("step", "paint", schema))) == [
        "paint: P.",
        "  colour: word (see below), may be left out",
        "    red    Warm.",
        "    green  Of grass.",
    ]


def test_many_words_are_listed_below_their_field() -> None:
    one = {"enum": [f"word_{number}" for number in range(40)]}
    several = {"anyOf": [{"type": "array", "items": one}, one, {"type": "null"}]}
    lines = list(full(Word("expect", "said", {"description": "S.", "properties": {"words": several}})))
    assert lines[1] == "  words: list of word (see below) or word (see below), may be left out"
    assert lines[2].startswith("    word_0, word_1, ")
    assert lines[-1].endswith(", word_39")
    assert ", ".join(line.strip(" ,") for line in lines[2:]) == ", ".join(one["enum"])


def test_the_rules_and_the_events_are_listed() -> None:
    found = {word.name: "\n".join(full(word)) for word in words()}
    assert "no_matching_key_package" in found["rejected"]
    assert "no_matching_key_package" in found["may_reject"]
    assert "    fell_behind           A message of the future epoch" in found["noticed"]


def test_the_faults_are_listed_with_their_fields() -> None:
    found = {word.name: "\n".join(full(word)) for word in words() if word.sort == "fault"}
    assert {"hold", "crash_at", "store_fails"} <= set(found)
    assert found["crash"].startswith("crash (a fault): ")
    assert "\n  restarts: boolean, may be left out" in found["crash_at"]


def test_what_stands_around_the_steps_is_explained_too() -> None:
    found = {word.name: "\n".join(full(word)) for word in words() if word.sort == "file"}
    assert {field.encode_name for field in msgspec.structs.fields(ScenarioFile)} <= set(found)
    assert "  last_resort: boolean, may be left out." in found["topology"]
    assert all(f"`{name}`" in found["matrix"] for name in (*SETTINGS, *SIZES))
    assert "`all but p1-u1`" in found["generate"]
    assert "issuer: string, may be left out. The provider whose tokens it takes" in found["privacy_pass"]
    assert "per: provider | user" in found["issues"]
    assert "tokens: integer" in found["allowance"]
    assert "\n  users: integer, may be left out. Per provider." in found["generate"]
    assert {field.encode_name for field in msgspec.structs.fields(Outcome)} == fields_of(found["expect"])
    assert fields_of(found["steps"]) == {"expect", "as", "note", "covers", "skip", "only", "tags", "repeat"}
    assert found["providers"].startswith("providers: The providers by name")
    assert "  rate_limits: mapping to mapping" in found["providers"]
    assert found["parameters"].endswith("  mapping to string or integer or number or boolean")
    assert "  mapping to list of (string or integer or number or boolean) or " in found["matrix"]


def fields_of(text: str) -> set[str]:
    return {line.split(":")[0].strip() for line in text.splitlines()[1:]}
