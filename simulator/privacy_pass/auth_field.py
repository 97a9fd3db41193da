"""Challenges and credentials of HTTP authentication as fields carry them (RFC 9110 11.2 to 11.6).

Schemes and names have no case; a value is quoted or not; a field has several challenges, of one or several schemes,
with commas between them and between the parameters of each. A value that is not quoted may end in `=`, which the
grammar does not allow but base64 needs, and senders do.
"""

import re

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError

_TCHAR = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]"
_QUOTED = r'"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*)"'
_SPACE = r"[ \t]*"
_END = rf"{_SPACE}(?:,|\Z)"
_ENDED = re.compile(_END)
_SCHEME = re.compile(rf"({_TCHAR}+)(?: +|(?={_END}))")
_TOKEN68 = re.compile(rf"([A-Za-z0-9\-._~+/]+=*)(?={_END})")
_PARAMETER = re.compile(rf"({_TCHAR}+){_SPACE}={_SPACE}(?:{_QUOTED}|({_TCHAR}+=*))(?={_END})")
_BETWEEN = re.compile(r"[ \t,]*")
_ESCAPED = re.compile(r"\\(.)")


class MalformedField(SimulatorError):
    """A field that is no list of challenges, or no credentials."""


@dataclass(frozen=True, slots=True)
class AuthElement:
    """A challenge, or credentials: RFC 9110 gives both the same form."""

    scheme: str
    """In lower case."""
    parameters: dict[str, str]
    """By name in lower case; values without quotes."""
    token68: str | None = None
    """What stands in the place of parameters where there are none."""


def scheme_of(field: str) -> str:
    """The first word of a field, in lower case: the scheme, whatever follows."""
    return field.strip(" \t").partition(" ")[0].lower()


def read_credentials(field: str) -> AuthElement:
    """What an Authorization field has. Raises MalformedField, also for several credentials."""
    found = read_challenges(field)
    if len(found) != 1:
        raise MalformedField(f"{len(found)} credentials in a field that has one")
    return found[0]


def read_challenges(field: str) -> tuple[AuthElement, ...]:
    """What a WWW-Authenticate field has, in order. Raises MalformedField."""
    found: list[AuthElement] = []
    position = _skip(field, 0)
    while position < len(field):
        parameter = _PARAMETER.match(field, position)
        if parameter is not None:
            _add(found, parameter)
            position = parameter.end()
        else:
            element, position = _element(field, position)
            found.append(element)
        position = _skip(field, position)
    return tuple(found)


def _skip(field: str, position: int) -> int:
    """The start of the next element: a list may have empty ones, which count for nothing."""
    between = _BETWEEN.match(field, position)
    return position if between is None else between.end()


def _element(field: str, position: int) -> tuple[AuthElement, int]:
    """The scheme at `position`, with its token68 if it has one, and the position behind it."""
    scheme = _SCHEME.match(field, position)
    if scheme is None:
        raise MalformedField(f"neither a scheme nor a parameter at character {position}")
    name, end = scheme[1].lower(), scheme.end()
    if end == scheme.end(1) or _ENDED.match(field, end) or _PARAMETER.match(field, end):
        return AuthElement(name, {}), end
    token68 = _TOKEN68.match(field, end)
    if token68 is None:
        raise MalformedField(f"no parameter at character {end}")
    return AuthElement(name, {}, token68[1]), token68.end()


def _add(found: list[AuthElement], parameter: re.Match[str]) -> None:
    """One more parameter of the last element."""
    name, quoted, bare = parameter[1].lower(), parameter[2], parameter[3]
    if not found or found[-1].token68 is not None:
        raise MalformedField(f'the parameter "{name}" belongs to no scheme')
    parameters = found[-1].parameters
    if name in parameters:
        raise MalformedField(f'the parameter "{name}" is there twice')
    parameters[name] = bare if quoted is None else _ESCAPED.sub(r"\1", quoted)
