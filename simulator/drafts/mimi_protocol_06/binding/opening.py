"""What opening any request has in common: a path variable of its kind, and a body that is one struct to its end."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from simulator.codec import MOST_VALUES, DecodeError, TooManyValues, decode
from simulator.drafts.mimi_protocol_06.names import group_of
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary, is_ascending
from simulator.rules import Rule, check, refuse
from simulator.services.names import BadName
from simulator.services.refusal import Code, rule

T = TypeVar("T")

_SECTION = "PROTOCOL.md, Transport"

PATH_NAME = rule("P6-2-PATH-NAME", Code.malformed, _SECTION, essential="nobody has such a name")
BODY = rule(
    "P6-2-BODY", Code.malformed, "PROTOCOL.md, Encoding", part="FORM", essential="what can't be decoded says nothing"
)
BODY_NAME = rule("P6-2-BODY", Code.malformed, _SECTION, part="NAMES", essential="nobody has such a name")
DICTIONARY = rule("P6-3-DICTIONARY", Code.malformed, "PROTOCOL.md, Encoding")
AGREES = rule("P6-2-AGREES", Code.malformed, _SECTION)
VALUES = Rule(
    "P6-2-413",
    partial(HTTPRefusal, Code.malformed, section=_SECTION, status=413),
    part="VALUES",
    essential="the rest has not been decoded",
)


def opened(struct: type[T], body: bytes) -> T:
    """The request struct in `body`. Raises HTTPRefusal 413, and Refusal malformed."""
    try:
        return decode(struct, body, MOST_VALUES)
    except TooManyValues as error:
        where = f"{error.path} at byte {error.offset}"
        words = f"more than {MOST_VALUES} values (structs and items of vectors) in one {struct.__name__}: {where}"
        refuse(VALUES, words, error)
    except DecodeError as error:
        refuse(BODY, f"no {struct.__name__}: {error}", error)


def in_path(request: WireRequest, form: Callable[[str], object]) -> str:
    """The path's variable, which `form` takes for a name. Raises Refusal malformed."""
    (variable,) = request.variables.values()
    return _named(PATH_NAME, "the path's variable", variable, form)


def room_in_path(request: WireRequest) -> str:
    """The URI of the room in the path. Raises Refusal malformed."""
    return in_path(request, group_of)


def named(what: str, text: str, form: Callable[[str], object]) -> str:
    """`text` from a body itself, if `form` takes it for a name. Raises Refusal malformed."""
    return _named(BODY_NAME, what, text, form)


def agree(what: str, said: object, path: object) -> None:
    """Path and body name the same. Raises Refusal malformed."""
    check(AGREES, said == path, f"{what} is {said} in the body, and {path} in the path")


def ascends(dictionary: AppDataDictionary) -> None:
    """The entries ascend by component (draft-ietf-mls-extensions 4.6). Raises Refusal malformed."""
    ascending = is_ascending([each.component_id for each in dictionary.component_data])
    check(DICTIONARY, ascending, "the entries of an AppDataDictionary do not ascend by component")


def _named(of: Rule, what: str, text: str, form: Callable[[str], object]) -> str:
    try:
        form(text)
    except BadName as error:
        refuse(of, f"{what}: {error}", error)
    return text
