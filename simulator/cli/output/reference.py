"""The steps, expectations and faults with their fields, in words, from the JSON Schema of scenario files."""

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario.json_schema import json_schema, struct
from simulator.scenario.loading.generated_topologies import Generate
from simulator.scenario.token_settings import Issues, PrivacyPass, TokenBudget
from simulator.scenario.topology import Provider

_EXPECT = (
    "How a step must end. Beside it any of the expectations may stand; it is a list where one comes several times."
)

_MANY = 30
"""More words than this are no part of a line."""

_COLUMN = re.compile(r" *\S+ {2,}")
"""A name in a column of its own."""
_DEEPER = 4

_SORTS = {"step": "steps", "expect": "expectations", "fault": "faults", "file": "around them"}
_SAID = {"expect": " (an expectation)", "fault": " (a fault)"}
"""Behind a name that may also be a step's."""


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword of the language."""

    sort: str
    """`step`, `expect`, `fault`, or `file` for what a file says besides."""
    name: str
    schema: dict[str, Any]

    @property
    def described(self) -> str:
        """What it means."""
        return " ".join(str(self.schema.get("description", "")).split())

    @property
    def summary(self) -> str:
        """The first sentence of that."""
        return self.described.partition(". ")[0].rstrip(".") + "."


def words() -> list[Word]:
    """All of them, in the order of the unions and of the file."""
    schema = json_schema()
    found = ((*key.partition("."), value) for key, value in schema["$defs"].items())
    return [
        *(Word(sort, name, value) for sort, _, name, value in found if sort in _SORTS and name),
        *(Word("fault", name, value) for name, value in schema["$defs"]["fault"]["properties"].items()),
        *(Word("file", name, value) for name, value in _around(schema).items()),
    ]


def _around(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a file, and what stands below some of them."""
    fields = dict(schema["else"]["properties"])
    entry, (expect, _) = schema["$defs"]["entry"], schema["$defs"]["expect"]["anyOf"]
    happens = fields.pop("steps")["description"]
    providers = fields["topology"]["properties"]["providers"]["description"]
    provider = struct(Provider)
    return {
        **fields,
        "providers": {**provider, "description": f"{providers} {provider['description']}"},
        "privacy_pass": struct(PrivacyPass),
        "issues": struct(Issues),
        "allowance": struct(TokenBudget),
        "generate": struct(Generate),
        "steps": _without_keywords(entry, f"{happens} Each is one step by its keyword, and what is said about it."),
        "expect": _without_keywords(expect, _EXPECT),
    }


def _without_keywords(schema: dict[str, Any], described: str) -> dict[str, Any]:
    """What may stand beside the steps or expectations, which have words of their own."""
    fields = schema["properties"].items()
    keywords = ("#/$defs/step.", "#/$defs/expect.")
    kept = {name: field for name, field in fields if not str(field.get("$ref", "")).startswith(keywords)}
    return {"description": described, "properties": kept}


def short(known: Sequence[Word]) -> Iterator[str]:
    """A line each."""
    width = max(len(word.name) for word in known)
    for sort, title in _SORTS.items():
        lines = [f"  {word.name:<{width}}  {word.summary}".rstrip() for word in known if word.sort == sort]
        yield from (f"{title}:", *lines) if lines else ()


def wrapped(line: str, width: int) -> list[str]:
    """A line of these in lines of at most `width` columns, as far as words allow; what goes on stands below its text,
    or a little further in where that would be far to the right.
    """
    indent = len(line) - len(line.lstrip())
    name = _COLUMN.match(line)
    hang = name.end() if name and name.end() <= width // 2 else indent + _DEEPER
    if name and hang != name.end() and len(line) > width:
        return [name[0].rstrip(), *wrapped(" " * hang + line[name.end() :], width)]
    return textwrap.wrap(line, width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False) or [
        ""
    ]


def full(word: Word) -> Iterator[str]:
    """One with its fields."""
    yield f"{word.name}{_SAID.get(word.sort, '')}: {word.described}"
    shape = _object(word.schema)
    if shape is None:
        yield f"  {_type(word.schema)}"
        return
    if shape is not word.schema:
        forms = [form for form in word.schema["anyOf"] if form is not shape and not _is_parameter(form)]
        yield from (f"  short form: {word.name}: {_type(form)}" for form in forms)
    for name, field in shape.get("properties", {}).items():
        need = "" if name in shape.get("required", ()) else ", may be left out"
        told = " ".join(str(field.get("description", "")).split())
        yield f"  {name}: {_type(field)}{need}" + (f". {told}" if told else "")
        yield from _choices(field)


def _choices(schema: dict[str, Any]) -> Iterator[str]:
    """The words that a field can be, where they have meanings or are many."""
    if "oneOf" in schema:
        width = max(len(word["const"]) for word in schema["oneOf"])
        yield from (f"    {word['const']:<{width}}  {word['description']}" for word in schema["oneOf"])
    elif len(schema.get("enum", ())) > _MANY:
        yield f"    {', '.join(schema['enum'])}"
    elif "anyOf" in schema:
        inner = [form.get("items", form) for form in schema["anyOf"]]
        yield from dict.fromkeys(line for form in inner for line in _choices(form))


def _object(schema: dict[str, Any]) -> dict[str, Any] | None:
    if "properties" in schema:
        return schema
    return next((form for form in schema.get("anyOf", ()) if "properties" in form), None)


def _type(schema: dict[str, Any]) -> str:
    """What a value may be."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].rpartition(".")[2]
    if "const" in schema:
        return _constant(schema["const"])
    if "oneOf" in schema or len(schema.get("enum", ())) > _MANY:
        return "word (see below)"
    if "enum" in schema:
        return " | ".join(dict.fromkeys(map(_constant, schema["enum"])))
    if "anyOf" in schema:
        forms = (_type(form) for form in schema["anyOf"] if not _is_parameter(form))
        return " or ".join(form for form in dict.fromkeys(forms) if form not in ("null", ""))
    if schema.get("type") == "array":
        item = _type(schema.get("items", {}))
        return f"list of ({item})" if " or " in item else f"list of {item}"
    if schema.get("additionalProperties"):
        return f"mapping to {_type(schema['additionalProperties'])}"
    kind = schema.get("type", "anything")
    kinds = [each for each in (kind if isinstance(kind, list) else [kind]) if each != "null"]
    return " or ".join("mapping" if each == "object" else each for each in kinds)


def _constant(value: Any) -> str:
    """A value that a field may have, as one writes it: 2, which may be written as 2.0 and as a text, is one value."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _is_parameter(schema: dict[str, Any]) -> bool:
    """`${name}` may stand anywhere; that need not be said at each place."""
    return str(schema.get("pattern", "")).startswith(r"\$\{")
