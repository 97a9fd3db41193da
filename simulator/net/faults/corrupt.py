"""Bytes that change on the way."""

from dataclasses import replace
from typing import Literal

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Corrupt(RequestFault, frozen=True, kw_only=True, tag="corrupt"):
    """Change one byte of a request's or an answer's body, inside TLS: as a proxy or a disk would that spoils what it
    passes on. (A byte changed outside of TLS breaks the connection: that is `reset`.) An empty body passes unhurt.
    """

    part: Literal["request", "answer"] = "request"
    offset: int = -1
    """Which byte, from 0; a negative one counts from the end, and one beyond the body starts again at its beginning."""
    mask: int = 0xFF
    """The bits to turn over."""

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Pass, but not unchanged."""
        if self.part == "request":
            return await onward(replace(attempt, body=self._spoil(attempt.body)))
        reply = await onward(attempt)
        return replace(reply, body=self._spoil(reply.body))

    def _spoil(self, body: bytes) -> bytes:
        if not body:
            return body
        spoilt = bytearray(body)
        spoilt[self.offset % len(body)] ^= self.mask
        return bytes(spoilt)
