"""The language in words."""

from simulator.cli.reference import Word, full, short, words


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
