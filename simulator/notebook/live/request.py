"""Requests between providers as bytes in one's hand: to be looked at, changed, signed anew, sent once more."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, Protocol, runtime_checkable

from simulator.codec import decode, encode
from simulator.dataclass import dataclass
from simulator.drafts.dissection import Dissector
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.federation import Session
from simulator.notebook.arguments import checked
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import Display, page, text
from simulator.notebook.live.live_session import LiveSession
from simulator.notebook.wire import wire
from simulator.printable import printable
from simulator.scenario.running.fields import with_field
from simulator.services.signing import signer
from simulator.trace import Dissection, Exchange, Headers, Part


@runtime_checkable
class Signer(Protocol):
    """A provider or a client: who has a key to sign with."""

    name: str
    _live: LiveSession


@dataclass(frozen=True)
class Request:
    """A request that was on the wire, or one made from it: `b.forward(request.changed(recipient="c.example"), "c")`."""

    endpoint: str
    sender: str
    """The provider that sent it, whatever the bytes say."""
    recipient: str
    """The provider that it was sent to, whatever the bytes say."""
    body: bytes
    _live: LiveSession = field(repr=False)
    _exchange: Exchange | None = field(default=None, repr=False)
    _changed: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def captured(cls, exchange: Exchange, live: LiveSession) -> "Request":
        """The request of an exchange."""
        return cls(exchange.endpoint, exchange.sender, exchange.to, exchange.request, live, exchange)

    @checked("changing a request")
    def changed(self, fields: Mapping[str, Any] | None = None, **more: Any) -> "Request":
        """With other values in fields of the struct, by dotted path: `changed({"recipients.0.client_id": "..."})`, or
        by name: `changed(recipient="c.example")`. The signature stays as it was. Raises Refused.
        """
        with saying(f"changing a request of {self.endpoint}"):
            struct = self._struct()
            for path, value in (dict(fields or {}) | more).items():
                struct = with_field(struct, path, _plain(value))
            return self._with(encode(struct))

    @checked("signing a request")
    def signed_by(self, signs: "Signer") -> "Request":
        """With a new signature, by the key of a provider or, where the request carries a client's, of a client. Raises
        Refused where this struct has no signature.
        """

        if signs._live is not self._live:
            raise SimulatorError(f"{signs.name} is of another federation")

        def look(session: Session) -> bytes:
            try:
                if any(provider.name == signs.name for provider in session.providers):
                    return encode(session.sign_as(signs.name, self._struct()))
                state = session.client(signs.name).state
                sign = signer(state.suite, state.identity.signature_private_key)
                return encode(session.draft.resign(self._struct(), sign))
            except TypeError as error:
                raise SimulatorError(str(error)) from error

        return self._with(self._live.look(look))

    @property
    def struct(self) -> Any:
        """The body decoded, as the draft's own class. Raises Refused where that can't be."""
        with saying(f"decoding a request of {self.endpoint}"):
            return self._struct()

    @checked("looking into a request")
    def value(self, path: str) -> str:
        """A field of the request for people: `value("recipient")`. Raises Refused for a path that is not there."""
        with saying(f"looking into a request of {self.endpoint}"):
            found = {leaf.path: leaf for leaf in self._tree("request").root.leaves()}
            path = path if path in found else f"signed.{path}"
            if path not in found:
                raise SimulatorError(f"there is no field {path.removeprefix('signed.')}{hint(path, found)}")
            return found[path].text or found[path].value

    @checked("showing a request")
    def show(self, at: str = "", *, part: Part = "request", depth: int = 3) -> Display:
        """The bytes beside the struct, or what is at a path in it; open down to `depth`. `part="response"` is the
        answer that it got. Raises Refused for a path that is not there.
        """
        way = f"{self.sender} → {self.recipient}" if part == "request" else f"{self.recipient} → {self.sender}"
        dissection = self._tree(part)
        with saying(f"showing a request of {self.endpoint}"):
            at = at if dissection.root.find(at) else f"signed.{at}"
            if dissection.root.find(at) is None:
                paths = [node.path for node in dissection.root.walk()]
                raise SimulatorError(f"there is nothing at {at.removeprefix('signed.')}{hint(at, paths)}")
        body = self._bytes(part)
        marked = self._changed if part == "request" else ()
        title = f"{self.endpoint} {part}, {way}, {len(body)} bytes" + (f": {at}" if at else "")
        return wire(dissection, body, title, at=at, depth=depth, marked=marked)

    @property
    def http(self) -> Display:
        """The HTTP around it: request line, headers, status, over which TLS. Raises Refused where it was not sent."""
        with saying(f"showing a request of {self.endpoint}"):
            if self._exchange is None:
                raise SimulatorError("it was not on the wire: it is made from one that was")
        return head(self._exchange)

    def _repr_html_(self) -> str:
        return self.show().html

    def __repr__(self) -> str:
        return printable(f"<{self.endpoint} request, {self.sender} to {self.recipient}, {len(self.body)} bytes>")

    @property
    def _draft(self) -> Draft:
        return self._live.draft

    def _bytes(self, part: Part) -> bytes:
        if part == "request":
            return self.body
        return b"" if self._exchange is None else self._exchange.response

    def _struct(self) -> Any:
        row = next((row for row in self._draft.all_endpoints if row.name == self.endpoint), None)
        if row is None or row.request is None:
            raise SimulatorError(f"{self.endpoint} takes no struct")
        return decode(row.request, self.body)

    def _tree(self, part: Part) -> Dissection:
        body = self._bytes(part)
        with saying(f"decoding a request of {self.endpoint}"):
            found = Dissector(self._draft)(self.endpoint, part, body)
            if found is None:
                raise SimulatorError(f"there is no {part} to decode")
            return found

    def _with(self, body: bytes) -> "Request":
        """This request with another body; what has changed is known by comparing."""
        before = {leaf.path: leaf.value for leaf in self._tree("request").root.leaves()}
        made = replace(self, body=body, _exchange=None, _changed=())
        now = made._tree("request").root.leaves()
        changed = [leaf.path for leaf in now if before.get(leaf.path) != leaf.value]
        return replace(made, _changed=tuple(dict.fromkeys((*self._changed, *changed))))


def head(exchange: Exchange) -> Display:
    """The heads of a request and of its answer, as HTTP/1.1 would write them."""
    version = f"HTTP/{exchange.http_version or '1.1'}"
    asked = [f"{exchange.method} {exchange.url} {version}", *_headers(exchange.request_headers, len(exchange.request))]
    told = [f"no answer: {exchange.error}"]
    if exchange.status is not None:
        told = [f"{version} {exchange.status}", *_headers(exchange.response_headers, len(exchange.response))]
    tls = f"{exchange.tls_version}, {exchange.cipher}" if exchange.tls_version else "no TLS"
    lines = "".join(f"<div>{text(line) or '&nbsp;'}</div>" for line in (*asked, "", *told))
    title = f'<h4>{text(f"{exchange.sender} → {exchange.to}")} <span class="dim">{text(tls)}</span></h4>'
    return Display(page(title, f'<div class="mono wrap">{lines}</div>'), "\n".join((tls, *asked, "", *told)))


def _headers(headers: Headers, size: int) -> list[str]:
    return [*(f"{name}: {value}" for name, value in headers), f"({size} bytes)" if size else "(no body)"]


def _plain(value: Any) -> Any:
    """A value from a cell as a scenario file would say it."""
    match value:
        case bytes():
            return f"hex:{value.hex()}"
        case list() | tuple():
            return tuple(_plain(each) for each in value)
        case dict():
            return {name: _plain(each) for name, each in value.items()}
    return value
