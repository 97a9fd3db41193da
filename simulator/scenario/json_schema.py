"""The JSON Schema of scenario files, made from the structs that the reader reads: editors complete and check with it.

It knows the shape of a file, not its names: whether `team` is a group only the loader can tell. Anywhere a value
stands, a text with a parameter (`${members}`) may stand too.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from simulator.docstrings import docstring
from simulator.drafts import registry
from simulator.drafts.endpoint_words import WORDS
from simulator.net.faults import AnyFault
from simulator.net.faults.fault import name_of
from simulator.scenario.demands import known
from simulator.scenario.entry import Entry
from simulator.scenario.expect import Expect
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.loading.by_draft import IN
from simulator.scenario.loading.including import PART
from simulator.scenario.names import DraftRef, Kind, OneOf, Refers
from simulator.scenario.outcome import Outcome
from simulator.scenario.rule_names import Covered, Waived
from simulator.scenario.running.presented_tokens import PresentedToken, TokenSource
from simulator.scenario.scalars import WORD, Duration, ExistingFile, FilePath, Moment, Tag
from simulator.scenario.schema import ScenarioFile
from simulator.scenario.steps import STEPS
from simulator.scenario.steps.fault import OneFault
from simulator.scenario.topology import Provider, Providers, Users

Schema = dict[str, Any]

_GIVEN = r"^([A-Za-z0-9_-]|\$\{[^{}]*\})+$"
_PARAMETER: Schema = {"type": "string", "pattern": r"\$\{"}
_TYPES = {str: "string", bytes: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


def json_schema(others: Mapping[str, Schema] = MappingProxyType({})) -> Schema:
    """The schema (JSON Schema 2020-12) of a scenario file, or of a part that scenarios include; `others` are those of
    files that have another word in the place of a scenario's name, by that word.
    """
    scenario, definitions = struct(ScenarioFile), _definitions()
    properties = scenario["properties"]
    shared = {name: properties[name] for name in ("description", "include", "parameters", "topology", "steps")}
    words = "A part: what it brings to the scenarios that include it."
    part = _object({PART: {"type": "string", "description": words}, **shared}, (PART,), "A part of scenarios.")
    # What a file includes may bring its topology and its steps.
    required = ["name"], ["topology", "steps"]
    alone = {"anyOf": [{"required": required[1]}, {"required": ["include"]}]}
    judged: Schema = {**scenario, "required": required[0], **alone}
    for word, other in {**others, PART: part}.items():
        judged = {"if": {"required": [word]}, "then": other, "else": judged}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of the MIMI federation simulator",
        **judged,
        "$defs": definitions,
    }


def struct(kind: Any) -> Schema:
    """A mapping with a struct's fields, and its shorthand where it has one."""
    hints, told = get_type_hints(kind, include_extras=True), descriptions(kind)
    fields = msgspec.structs.fields(kind)
    properties = {}
    for field in fields:
        inner = value(hints[field.name])
        words = told.get(field.name)
        properties[field.encode_name] = {**inner, "description": words} if words else inner
    required = tuple(field.encode_name for field in fields if field.required)
    made = _object(properties, required, _described(kind))
    short = getattr(kind, "shorthand", None)
    if short is None:
        return made
    brief = value(hints[short])
    return {"description": _described(kind), "anyOf": [made, brief]}


def value(annotation: Any) -> Schema:
    """What the reader takes for an annotation."""
    marks: list[Any] = []
    if annotation in (Covered, Waived):
        return {"$ref": "#/$defs/requirement"}
    if get_origin(annotation) is Annotated:
        annotation, *marks = get_args(annotation)
    origin = get_origin(annotation)
    if annotation in _SHAPES:
        return _SHAPES[annotation]()
    if hasattr(annotation, "shape"):
        made: Schema = annotation.shape()
        return {**made, "description": _doc(annotation)}
    if annotation is Any:
        return {}
    if origin in (Union, UnionType):
        return {"anyOf": [value(kind) for kind in get_args(annotation)]}
    if origin is tuple:
        item = value(get_args(annotation)[0])
        return {"anyOf": [{"type": "array", "items": item}, item, {"type": "null"}]}
    if origin is dict:
        key, inner = get_args(annotation)
        names = {"enum": [each.value for each in key]} if isinstance(key, type) and issubclass(key, Enum) else None
        made = {"type": "object", "additionalProperties": value(inner)}
        return {**made, "propertyNames": names} if names else made
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return struct(annotation)
    return _scalar(annotation, tuple(marks))


def _scalar(annotation: Any, marks: tuple[Any, ...]) -> Schema:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"anyOf": [{"enum": [each.value for each in annotation]}, _PARAMETER]}
    if get_origin(annotation) is Literal:
        choices = list(get_args(annotation))
        numbers = [float(each) for each in choices if re.fullmatch(r"\d+(\.\d+)?", str(each))]
        return {"anyOf": [{"enum": [*choices, *numbers]}, _PARAMETER]}
    made: Schema = {"type": _TYPES[annotation]}
    for mark in marks:
        if isinstance(mark, msgspec.Meta):
            made |= {name: bound for each, name in _BOUNDS.items() if (bound := getattr(mark, each)) is not None}
            made |= {"minLength": mark.min_length} if mark.min_length is not None else {}
        if isinstance(mark, OneOf):
            made = _choice(mark)
        if isinstance(mark, Refers):
            made |= {"description": f"The name of a {mark.kind.value}."}
            if mark.kind is Kind.draft:
                made = {"enum": list(registry.names()), "description": made["description"]}
            if mark.kind is Kind.endpoint:
                names = (row.name for draft in registry.known() for row in draft.all_endpoints)
                known = list(dict.fromkeys((*WORDS, *names)))
                made = {"enum": known, "description": made["description"]}
    if annotation is str and not made.keys() & {"enum", "oneOf"}:
        return made
    return made if annotation is NoneType else {"anyOf": [made, _PARAMETER]}


def _choice(mark: OneOf) -> Schema:
    """The words, with their meanings where they have some."""
    words = mark.words()
    if not any(words.values()):
        return {"enum": list(words)}
    return {"oneOf": [{"const": word, "description": meaning} for word, meaning in words.items()]}


def _definitions() -> dict[str, Schema]:
    steps = {f"step.{name}": struct(kind) for name, kind in STEPS.items()}
    expectations = {f"expect.{name}": struct(kind) for name, kind in EXPECTATIONS.items()}
    outcome = struct(Outcome)["properties"]
    expected = {**outcome, **{name: {"$ref": f"#/$defs/expect.{name}"} for name in EXPECTATIONS}}
    one = _object(expected, (), "What must be so after the step, by keyword.")
    one["patternProperties"] = {f"^{IN}": {"$ref": "#/$defs/expect"}}
    several = {"type": "array", "items": one, "description": "Where one keyword is wanted several times."}
    expect: Schema = {"anyOf": [one, several]}
    return {"entry": _entry(), "expect": expect, "requirement": _requirement(), **steps, **expectations, **_faults()}


def _requirement() -> Schema:
    words = [{"const": name, "description": each.text} for name, each in known(registry.known()).items()]
    return {"oneOf": words, "description": "The ID of a requirement: mimi-sim coverage lists them."}


def _entry() -> Schema:
    about: dict[str, Schema] = {
        "expect": {"$ref": "#/$defs/expect"},
        "as": {"type": "string", "pattern": _GIVEN, "description": "The name of the step's result."},
        "note": {"type": "string", "description": "Anything that readers should know."},
        "only": {**value(tuple[DraftRef, ...]), "description": "The drafts that have the step; others leave it out."},
        "skip": {"type": "string", "minLength": 1, "description": "Why the step is left out."},
        "tags": {**value(tuple[Tag, ...]), "description": "Words by which `run --without` leaves steps out."},
        "covers": {**value(tuple[Covered, ...]), "description": "The requirements that the step shows, by ID."},
        "repeat": {
            "anyOf": [{"type": "integer", "minimum": 1, "maximum": 1000}, _PARAMETER],
            "description": "How often the step happens; ${round} is the number of the repetition.",
        },
    }
    words = {name: {"$ref": f"#/$defs/step.{name}"} for name in STEPS}
    one: list[Schema] = [{"required": [name]} for name in STEPS]
    alone: Schema = {"required": ["expect"], "not": {"anyOf": one}}
    made = _object({**words, **about}, (), "A step: one keyword, and what is said about it.")
    return {**made, "oneOf": [*one, alone]}


def _faults() -> dict[str, Schema]:
    kinds = {name_of(kind): kind for kind in get_args(AnyFault)}
    one: Schema = _object({name: struct(kind) for name, kind in kinds.items()}, (), "One fault, by its name.")
    return {"fault": {**one, "minProperties": 1, "maxProperties": 1}}


def _duration() -> Schema:
    text = {"type": "string", "pattern": r"^[0-9]{1,10} ?(s|m|h|d)?$"}
    return {"anyOf": [text, {"type": "integer", "minimum": 0}, _PARAMETER], "description": _doc(Duration)}


def _moment() -> Schema:
    return {"type": ["string", "integer"], "description": _doc(Moment)}


def _path() -> Schema:
    return {"type": "string", "minLength": 1, "description": _doc(FilePath)}


def _users() -> Schema:
    device = {"anyOf": [{"type": "string", "pattern": f"^{WORD.pattern}$"}, _PARAMETER]}
    devices = {"anyOf": [{"type": "array", "items": device, "minItems": 1}, device]}
    names = {"pattern": f"^{WORD.pattern}$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": devices, "description": _doc(Users)}


def _providers() -> Schema:
    return {"type": "object", "additionalProperties": struct(Provider), "description": _doc(Providers)}


_SHAPES: dict[Any, Callable[[], Schema]] = {
    Duration: _duration,
    Moment: _moment,
    FilePath: _path,
    ExistingFile: _path,
    Users: _users,
    Providers: _providers,
    Expect: lambda: {"$ref": "#/$defs/expect"},
    Entry: lambda: {"$ref": "#/$defs/entry"},
    TokenSource: lambda: {"type": "string", "description": _doc(TokenSource)},
    PresentedToken: lambda: {"anyOf": [{"const": "none"}, struct(PresentedToken)]},
    OneFault: lambda: {"$ref": "#/$defs/fault"},
}
"""The classes that read themselves."""


def _object(properties: dict[str, Schema], required: tuple[str, ...], description: str) -> Schema:
    made: Schema = {"type": "object", "description": description, "properties": properties}
    return {**made, "required": list(required), "additionalProperties": False}


def _doc(kind: Any) -> str:
    return " ".join(docstring(kind).split())


def _described(kind: Any) -> str:
    """Its explanation, and what a draft must know for it."""
    needs = " and ".join(need.replace("_", " ") for need in getattr(kind, "needs", ()))
    return f"{_doc(kind)} Only in drafts that know: {needs}." if needs else _doc(kind)


@cache
def descriptions(kind: type) -> dict[str, str]:
    """The texts below the fields of a class and of those that it comes from."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if not each.__module__.startswith("simulator."):
            continue
        (body,) = ast.parse(textwrap.dedent(inspect.getsource(each))).body
        assert isinstance(body, ast.ClassDef)  # noqa: S101 (what the source of a class is)
        for field, below in zip(body.body, body.body[1:], strict=False):
            match field, below:
                case ast.AnnAssign(target=ast.Name(name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = " ".join(text.split())
    return found
