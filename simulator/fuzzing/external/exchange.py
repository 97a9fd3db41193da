"""One request to somebody else's server and its answer; and an honest question, which shows that it still serves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from simulator.drafts.requests.endpoint import BadAnswer, HTTPEndpoint, Reply
from simulator.federation import Session
from simulator.fuzzing.consequences import check_faults
from simulator.fuzzing.external.server import Gone
from simulator.fuzzing.external.verdicts import BUSY, HungUp, NoAnswer, NotServing, OddAnswer
from simulator.fuzzing.own_bug import OwnBug
from simulator.mutation.cases import Shot
from simulator.net import BadResponse, ConnectionLost, TimedOut, TransportError

PATIENCE = 4.0
"""Seconds for an answer, whatever was asked."""
SMALL = 16_384
"""Bytes of a body and of headers that a server has to take before it hangs up: a larger request it may well refuse
while it is still being sent, and the answer is lost.
"""
_BUSY = frozenset({429, BUSY})


class Exchange:
    """Sends what `Seed.shot` has described. `name` is the server's."""

    def __init__(self, session: Session, name: str) -> None:
        self._session = session
        self._name = name
        self._asks = session.providers[-1].name
        """Who asks honestly: one that cases come from least."""
        self._in_doubt = False
        """Whether something was wrong, so that nobody knows whether the server is still there."""

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Around a case: after it an honest question is answered. Raises NotServing where it is not, and Gone where the
        case before was wrong, and the question is not answered even before this one.
        """
        if self._in_doubt:
            try:
                await self.check()
            except NotServing as error:
                raise Gone(str(error)) from None
        self._in_doubt = True
        yield
        await self.check()
        self._in_doubt = False

    async def send(self, shot: Shot) -> tuple[HTTPEndpoint, Reply] | None:
        """The endpoint and the answer; None where a connection was closed over a request that is too large. Raises an
        exception of `verdicts`.
        """
        what = asked(shot)
        with trio.move_on_after(PATIENCE):
            try:
                return await self._once(shot)
            except ConnectionLost as lost:
                if _size(shot) > SMALL:
                    return None
                self._session.provider(shot["sender"]).peers.hang_up()  # it may have been about to close this one
                return await self._again(shot, what, lost)
            except TimedOut as error:
                raise NoAnswer(f"{what}: {error.reason}") from None
            except (BadResponse, BadAnswer) as error:
                raise OddAnswer(f"{what}: {error}") from None
            except TransportError as error:
                raise NotServing(f"{what}: {error}") from None
        raise NoAnswer(f"no answer to {what} in {PATIENCE:g} s")

    async def _again(self, shot: Shot, what: str, lost: ConnectionLost) -> tuple[HTTPEndpoint, Reply]:
        """On a connection of its own: a server may close one that was used before whenever it likes."""
        try:
            return await self._once(shot)
        except ConnectionLost as error:
            raise HungUp(f"{what}: {error.reason}") from lost
        except (BadResponse, BadAnswer) as error:
            raise OddAnswer(f"{what}: {error}") from lost
        except TransportError as error:
            raise NotServing(f"{what} has lost the connection, and then: {error}") from lost

    async def _once(self, shot: Shot) -> tuple[HTTPEndpoint, Reply]:
        headers = tuple((name, value) for name, value in shot.get("headers", ()))
        body, variables = bytes.fromhex(shot["body"]), shot.get("variables", {})
        return await self._session.exchange_raw(
            shot["sender"], shot["recipient"], shot["endpoint"], body, variables, headers
        )

    async def check(self) -> None:
        """Whether the server still says where it serves: a question that anybody may ask, and that changes nothing.

        Raises NotServing, and OwnBug where it has brought a provider of ours into trouble.
        """
        question = self._session.draft.discovery.write(self._asks, self._name)
        place = (self._asks, self._name, question.endpoint.name)
        with trio.move_on_after(PATIENCE) as limit:
            try:
                endpoint, reply = await self._session.exchange_raw(*place, question.body, headers=question.headers)
                if reply.status not in _BUSY | {endpoint.success}:
                    raise NotServing(f"afterwards HTTP {reply.status} to an honest {endpoint.name}")
            except (TransportError, BadAnswer) as error:
                raise NotServing(f"afterwards an honest {question.endpoint.name} fails: {error}") from None
        if limit.cancelled_caught:
            raise NotServing(f"afterwards no answer to an honest {question.endpoint.name} in {PATIENCE:g} s")
        try:
            check_faults(self._session)
        except Exception as fault:  # whatever it is, it is not the server's
            raise OwnBug(f"a provider of ours has failed: {type(fault).__name__}: {fault}") from fault


def asked(shot: Shot) -> str:
    """What it is, by whom and of whom, for people."""
    return f"{shot['endpoint']} of {shot['sender']} at {shot['recipient']}"


def _size(shot: Shot) -> int:
    """Bytes of a request, but for what HTTP adds."""
    said = (*shot.get("variables", {}).values(), *(text for header in shot.get("headers", ()) for text in header))
    return len(shot["body"]) // 2 + sum(map(len, said))
