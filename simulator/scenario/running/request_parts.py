"""What a captured request has besides its body: `path.room_id`, a variable of its path; `headers.from`, a header."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from simulator.drafts.requests.endpoint import HTTPEndpoint
from simulator.errors import SimulatorError, hint
from simulator.scenario.running.context import Request

_PATH, _HEADERS = "path.", "headers."


def is_one(path: str) -> bool:
    """Whether a path leads to such a part, and not into the body."""
    return path.startswith((_PATH, _HEADERS))


def check(endpoint: HTTPEndpoint, path: str) -> bool:
    """Whether a path leads to such a part. Raises SimulatorError for a variable that the endpoint does not have."""
    variable, known = path.removeprefix(_PATH), endpoint.template.variable
    if path.startswith(_PATH) and variable != known:
        there = f"{hint(variable, [known])}; it has {known}" if known else ", nor any other variable"
        raise SimulatorError(f'{path}: the path of {endpoint.name} has no "{variable}"{there}')
    return is_one(path)


def changed(request: Request, values: Mapping[str, Any], gone: Iterable[str] = ()) -> Request:
    """The request with other values for such parts, and without these headers. Raises SimulatorError for what is no
    text.
    """
    variables, headers = dict(request.variables), dict(request.headers)
    for path, value in values.items():
        if is_one(path) and not isinstance(value, str):
            raise SimulatorError(f"{path}: {value!r} does not fit, expected text")
        if path.startswith(_PATH):
            variables[path.removeprefix(_PATH)] = value
        elif path.startswith(_HEADERS):
            headers[path.removeprefix(_HEADERS).lower()] = value
    for path in gone:
        if path.startswith(_HEADERS) and headers.pop(path.removeprefix(_HEADERS).lower(), None) is None:
            raise SimulatorError(f"{path}: the request has no such header; it has: {', '.join(headers) or 'none'}")
    return replace(request, variables=variables, headers=tuple(headers.items()))
