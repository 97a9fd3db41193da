"""The HTTP client: a request as bytes to a URL, an answer as a value; every exchange goes into the recorder."""

import time
from dataclasses import replace
from ssl import SSLContext
from types import TracebackType
from typing import Self

import h11
import httpcore
import httpx
import trio
from h2.exceptions import ProtocolError

from simulator.machine import MachineFailure, machine_failure
from simulator.net.crossing import FAILURES, AnswerTooLarge, Lost, Passage
from simulator.net.dialing import why_not
from simulator.net.errors import BadResponse, ConnectionLost, TimedOut, TLSRefused, TransportError, Unreachable
from simulator.net.hop import Hop, NoRoute
from simulator.net.http import HTTPReply, decode_headers, encode_headers
from simulator.net.limits import ClientLimits
from simulator.net.network import Network
from simulator.net.tls import reason
from simulator.net.transport import Transport
from simulator.trace.events import Exchange, Headers
from simulator.trace.recorder import Recorder


class HTTPClient:
    """Speaks for `sender`. Follows no redirect, keeps no cookie, asks for no compression, retries nothing.

    `context` is one of `Authority`'s client contexts, made for the same HTTP version. Close it, or use it with
    `async with`.
    """

    def __init__(
        self,
        sender: str,
        network: Network,
        context: SSLContext,
        recorder: Recorder,
        *,
        http2: bool = False,
        limits: ClientLimits | None = None,
    ) -> None:
        self._sender = sender
        self._recorder = recorder
        self._limits = limits or ClientLimits()
        self._transport = Transport(sender, network, context, http2, self._limits, recorder)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def request(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        content_type: str | None = None,
        headers: Headers = (),
        endpoint: str | None = None,
        operation: str | None = None,
        recipient: str | None = None,
    ) -> HTTPReply:
        """Carry out one exchange; any status is an answer. `endpoint` is what the recorder calls it (else the path).

        `operation` says what it is for and `recipient` which provider is asked: for faults to know it by.
        `headers` come on top of Host, Content-Length and Accept-Encoding; a `host` among them replaces the URL's.
        Raises TransportError where no answer came, and MachineFailure where that was not the peer's doing; both are
        recorded too.
        """
        request = self._compose(method, url, body, content_type, headers)
        hop = Hop(self._sender, request.url.host, method, request.url.path, recipient, endpoint, operation)
        faults: list[str] = []
        passage = Passage()
        mark = self._recorder.begin()
        started, clock = time.time(), trio.current_time()
        outcome: HTTPReply | str = "given up before an answer came"
        try:
            outcome = await self._exchange(hop, request, faults, passage)
        except (TransportError, MachineFailure) as failure:
            outcome = str(failure)
            raise
        else:
            return outcome
        finally:
            seconds = trio.current_time() - clock
            account = replace(
                self._account(request, body, hop, outcome, started, seconds),
                http_version=passage.peer.http_version if passage.peer else None,
                tls_version=passage.peer.tls_version if passage.peer else None,
                cipher=passage.peer.cipher if passage.peer else None,
                fault=", ".join(faults) or None,
                connection=passage.connection,
                opened=None if passage.opened is None else passage.opened - clock,
                answered=None if passage.answered is None else passage.answered - clock,
            )
            self._recorder.add(account, mark)

    def _compose(self, method: str, url: str, body: bytes, content_type: str | None, headers: Headers) -> httpx.Request:
        try:
            target = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise Unreachable(self._sender, url, f"that is no URL: {error}") from None
        if target.scheme != "https" or not target.host:
            raise Unreachable(self._sender, url, "only https:// URLs with a host name lead anywhere here")
        own: Headers = (("accept-encoding", "identity"),)
        if content_type is not None:
            own += (("content-type", content_type),)
        return httpx.Request(method, target, headers=encode_headers(own + headers), content=body)

    async def _exchange(self, hop: Hop, request: httpx.Request, faults: list[str], passage: Passage) -> HTTPReply:
        try:
            return await self._transport.exchange(hop, request, faults, passage)
        except trio.TooSlowError:
            why = f"no complete answer within {self._limits.seconds:g} s"
            raise TimedOut(self._sender, str(request.url), why) from None
        except FAILURES as error:
            failure = machine_failure(error, f"{self._sender} can't ask {request.url}")
            if failure is not None:
                raise failure from error
            kind, why = explain(error)
            raise kind(self._sender, str(request.url), why) from error

    def _account(
        self,
        request: httpx.Request,
        body: bytes,
        hop: Hop,
        outcome: HTTPReply | str,
        started: float,
        seconds: float,
    ) -> Exchange:
        exchange = Exchange(
            sender=self._sender,
            recipient=request.url.host,
            provider=hop.recipient,
            endpoint=hop.endpoint or request.url.path,
            operation=hop.operation,
            method=request.method,
            url=str(request.url),
            request_headers=decode_headers(request.headers.raw),
            request=body,
            started=started,
            seconds=seconds,
        )
        if isinstance(outcome, str):
            return replace(exchange, error=outcome)
        return replace(
            exchange,
            status=outcome.status,
            response_headers=outcome.headers,
            response=outcome.body,
        )


def explain(error: Exception) -> tuple[type[TransportError], str]:
    """What kind of failure `error`, one of FAILURES, is, and its reason in words."""
    text = str(error)
    match error:
        case NoRoute():
            return Unreachable, text
        case OSError():
            return Unreachable, why_not(error)
        case Lost():
            return ConnectionLost, text
        case AnswerTooLarge():
            return BadResponse, text
        case httpcore.RemoteProtocolError(args=[h11.RemoteProtocolError(), *_]):
            return BadResponse, f"it is not HTTP: {text}"
        case httpcore.ProtocolError() | ProtocolError():
            return ConnectionLost, f"HTTP/2 ended: {text}"
    why = reason(error)
    return (TLSRefused, why) if why else (ConnectionLost, text)
