"""The handler of the control interface: whom it lets in, which action is meant, what it answers."""

from collections.abc import Callable
from typing import Any

import msgspec

from simulator.errors import SimulatorError, hint, nearest
from simulator.federation.control.action import Action
from simulator.federation.control.actions import ACTIONS
from simulator.federation.control.catalogue import as_page, catalogue, schema
from simulator.federation.control.errors import BadRequest, body_of, fault_body, machine_body, status_of
from simulator.federation.control.operator import Operator
from simulator.federation.control.token import carries
from simulator.federation.external_provider import Unsupported
from simulator.federation.session import Session
from simulator.machine import machine_failure
from simulator.net import HTTPReply, HTTPRequest

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
JSON = "application/json"
CHALLENGES = ('Bearer realm="mimi-sim"', 'Basic realm="mimi-sim"')
PAGES: dict[str, Callable[[Session], bytes]] = {
    "/": lambda session: as_page(catalogue(session)),
    "/schema": lambda _: _in_json(schema()),
}
"""What there is to read."""


class Interface:
    """`GET /` for what there is, `GET /schema` for what it all takes, `POST /<action>` for everything else.

    Only who knows the token may drive it: programs of whoever may read federation.json. A web page in a browser of this
    machine may not even with it: it can send requests here under a name of its own that leads to 127.0.0.1, or, with
    its Origin, across origins; both are refused.
    """

    def __init__(self, operator: Operator, report: Callable[[Exception], None], *, token: str) -> None:
        self._operator = operator
        self._report = report
        self._token = token

    def admit(self, request: HTTPRequest) -> HTTPReply | None:
        """The refusal of a request that may not come in, whatever its body; None for one that may."""
        try:
            _check_caller(request)
            self._check_token(request)
        except BadRequest as error:
            challenge = [("www-authenticate", way) for way in CHALLENGES if error.status == 401]
            return _json(error.status, body_of(error), *challenge)
        return None

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """The answer as JSON. A fault of ours or of this machine goes to `report` too."""
        refusal = self.admit(request)
        if refusal is not None:
            return refusal
        try:
            if request.path in PAGES:
                _check_method(request, "GET")
                return _reply(200, PAGES[request.path](self._operator.session))
            action = _action(request)
            self._check_draft(action)
            return _json(200, await action.run(self._operator))
        except SimulatorError as error:
            allow = (("allow", error.allow),) if isinstance(error, BadRequest) and error.allow else ()
            return _json(status_of(error), body_of(error), *allow)
        except Exception as error:
            failure = machine_failure(error)
            self._report(failure or error)
            return _json(500, fault_body(error)) if failure is None else _json(503, machine_body(failure))

    def _check_draft(self, action: Action) -> None:
        """Raises Unsupported for what the draft that is spoken does not have."""
        lacking = self._operator.session.draft.lacking(action.needed())
        if lacking is not None:
            raise Unsupported(lacking)

    def _check_token(self, request: HTTPRequest) -> None:
        if not carries(request, self._token):
            message = (
                "this wants the token that federation.json has, beside the folder's topology: "
                "-H 'Authorization: Bearer TOKEN', or the URL that is there, which carries it"
            )
            raise BadRequest(401, "no_token", message)


def _check_caller(request: HTTPRequest) -> None:
    if request.host not in LOOPBACK:
        raise BadRequest(421, "wrong_host", f"this is 127.0.0.1, not {request.host or 'a host without name'}")
    if request.header("origin") is not None:
        raise BadRequest(403, "web_page", "requests of web pages (with an Origin) are not taken")


def _check_method(request: HTTPRequest, method: str) -> None:
    if request.method != method:
        message = f"{request.path} takes {method}, not {request.method}"
        raise BadRequest(405, "wrong_method", message, allow=method)


def _action(request: HTTPRequest) -> Action:
    name = request.path.removeprefix("/")
    kind = ACTIONS.get(name)
    if kind is None:
        message = f"there is no action {request.path}{hint(name, ACTIONS)}; GET / lists them"
        raise BadRequest(404, "unknown_action", message, nearest=nearest(name, ACTIONS))
    _check_method(request, "POST")
    said = (request.header("content-type") or "").partition(";")[0].strip().lower()
    if said != JSON:
        message = f"the content type is {JSON}, not {said or 'missing'} (curl: -H 'Content-Type: {JSON}')"
        raise BadRequest(415, "wrong_content_type", message)
    if request.body_too_large:
        raise BadRequest(413, "too_large", "the body is larger than anything that is meant to be said here")
    return _decode(request.body or b"{}", kind)


def _decode(body: bytes, kind: type[Action]) -> Action:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        fields = kind.__struct_encode_fields__
        unknown = _unknown_field(body, fields)
        near = nearest(unknown, fields) if unknown is not None else None
        takes = f"{kind.name} takes {', '.join(fields) or 'no fields'}"
        message = f"{error}{hint(unknown, fields) if unknown is not None else ''}; {takes}"
        raise BadRequest(400, "bad_input", message, nearest=near) from error
    except (ValueError, RecursionError) as error:  # msgspec.DecodeError and UnicodeDecodeError are ValueErrors
        raise BadRequest(400, "bad_input", f"this is no JSON: {error}") from error


def _unknown_field(body: bytes, fields: tuple[str, ...]) -> str | None:
    try:
        said: Any = msgspec.json.decode(body)
    except (ValueError, RecursionError):  # it was found wrong before its end
        return None
    return next((name for name in said if name not in fields), None) if isinstance(said, dict) else None


def _json(status: int, content: Any, *headers: tuple[str, str]) -> HTTPReply:
    return _reply(status, _in_json(content), *headers)


def _in_json(content: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _reply(status: int, body: bytes, *headers: tuple[str, str]) -> HTTPReply:
    return HTTPReply(status, (("content-type", JSON), ("cache-control", "no-store"), *headers), body)
