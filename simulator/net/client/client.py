"""The HTTP client: a request as bytes to a URL, an answer as a value; every exchange goes into the recorder."""

import time
from collections.abc import Mapping
from ssl import SSLContext
from types import TracebackType
from typing import Self

import httpx
import trio

from simulator.machine import MachineFailure, machine_failure
from simulator.net.client.attempt import FAILURES, AnswerTooLarge, Lost, MalformedAnswer, Timings
from simulator.net.client.dialing import why_not
from simulator.net.client.outgoing import compose, split_url
from simulator.net.client.request_route import NoRoute, RequestRoute
from simulator.net.client.transport import Transport
from simulator.net.errors import BadResponse, ConnectionLost, TimedOut, TLSRefused, TransportError, Unreachable
from simulator.net.http import HTTPReply, decode_headers
from simulator.net.limits import ClientLimits
from simulator.net.network import Network
from simulator.net.timeouts import GivenUp
from simulator.net.tls.tls import reason
from simulator.printable import printable
from simulator.trace.events import Exchange, Headers
from simulator.trace.recorder import Recorder


class HTTPClient:
    """Speaks for `sender`. Follows no redirect, keeps no cookie, asks for no compression, retries nothing.

    `context` is one of `Authority`'s client contexts, made for the same HTTP version. Where providers are `certified`,
    a server's certificate has to have the names of the one that is asked and of its host, and wildcards are none. Close
    it, or use it with `async with`.
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
        certified: bool = False,
    ) -> None:
        self._sender = sender
        self._recorder = recorder
        self._limits = limits or ClientLimits()
        self._transport = Transport(sender, network, context, http2, self._limits, recorder, certified=certified)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    def hang_up(self) -> None:
        """Let everybody who waits for an answer lose the connection now."""
        self._transport.give_up()

    async def request(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        target: str | None = None,
        content_type: str | None = None,
        headers: Headers = (),
        endpoint: str | None = None,
        operation: str | None = None,
        recipient: str | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> HTTPReply:
        """Carry out one exchange; any status is an answer. `endpoint` is what the recorder calls it (else the path).

        The host of `url` is looked up, shown in the handshake and compared with the certificate as it is written. What
        stands behind it is the request target, as it is, unless there is another `target`, which need not be a path.
        `operation` says what it is for and `recipient` which provider is asked: for faults to know it by; `variables`
        what the path has for those of the endpoint: for the recorder.
        `headers` come on top of Host, Content-Length and Accept-Encoding, or replace those.
        Raises TransportError where no answer came, and MachineFailure where that was not the peer's doing; both are
        recorded too. Raises UnicodeEncodeError for text that has no bytes in HTTP (`outgoing.compose`).
        """
        try:
            host, own_target = split_url(url)
        except ValueError as error:
            raise Unreachable(self._sender, url, str(error)) from None
        if target is None:
            target = own_target
        else:
            url = f"https://{host}{'' if target.startswith('/') else ' '}{target}".rstrip()
        request = compose(method, host, target, body, content_type, headers)
        path = target.partition("?")[0]
        route = RequestRoute(self._sender, host, method, path, recipient, endpoint, operation, variables or {})
        faults: list[str] = []
        timings = Timings()
        mark = self._recorder.begin()
        started, clock = time.time(), trio.current_time()
        outcome: HTTPReply | str = "given up before an answer came"
        try:
            outcome = await self._exchange(route, url, request, faults, timings)
        except GivenUp:
            raise ConnectionLost(self._sender, url, f"{self._sender} went down") from None
        except (TransportError, MachineFailure) as failure:
            outcome = str(failure)
            raise
        else:
            return outcome
        finally:
            self._recorder.add(self._state(request, url, route, outcome, faults, timings, started, clock), mark)

    async def _exchange(
        self, route: RequestRoute, url: str, request: httpx.Request, faults: list[str], timings: Timings
    ) -> HTTPReply:
        try:
            return await self._transport.exchange(route, request, faults, timings)
        except trio.TooSlowError:
            why = f"no complete answer within {self._limits.seconds:g} s"
            raise TimedOut(self._sender, url, why) from None
        except FAILURES as error:
            failure = machine_failure(error, f"{self._sender} can't ask {url}")
            if failure is not None:
                raise failure from error
            kind, why = explain(error)
            raise kind(self._sender, url, why) from error

    def _state(
        self,
        request: httpx.Request,
        url: str,
        route: RequestRoute,
        outcome: HTTPReply | str,
        faults: list[str],
        timings: Timings,
        started: float,
        clock: float,
    ) -> Exchange:
        reply = None if isinstance(outcome, str) else outcome
        return Exchange(
            sender=self._sender,
            recipient=route.host,
            provider=route.recipient,
            endpoint=route.endpoint or route.path,
            operation=route.operation,
            variables={name: printable(value) for name, value in route.variables.items()},
            method=route.method,
            url=url,
            request_headers=decode_headers(request.headers.raw),
            request=request.read(),
            http_version=timings.peer.http_version if timings.peer else None,
            tls_version=timings.peer.tls_version if timings.peer else None,
            cipher=timings.peer.cipher if timings.peer else None,
            status=reply.status if reply else None,
            response_headers=reply.headers if reply else (),
            response=reply.body if reply else b"",
            error=outcome if isinstance(outcome, str) else None,
            fault=", ".join(faults) or None,
            connection=timings.connection,
            opened=None if timings.opened is None else timings.opened - clock,
            answered=None if timings.answered is None else timings.answered - clock,
            started=started,
            seconds=trio.current_time() - clock,
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
        case AnswerTooLarge() | MalformedAnswer():
            return BadResponse, text
    why = reason(error)
    return (TLSRefused, why) if why else (ConnectionLost, text)
