"""Providers that crash."""

from typing import Literal

from simulator.net.client.attempt import Attempt, Lost, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Crash(RequestFault, frozen=True, kw_only=True, tag="crash"):
    """One of the two providers of an exchange crashes: just before the request is sent, or when it has been carried out
    and its answer not yet been read. It stays down until somebody starts it.
    """

    who: Literal["sender", "recipient"] = "recipient"
    when: Literal["before", "after"] = "before"

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """A crashed sender goes no further, and a crashed recipient can't be reached."""
        name = attempt.route.sender if self.who == "sender" else attempt.route.provider
        machine = context.machine(name)
        if self.when == "after":
            await onward(attempt)
        await machine.crash()
        if self.when == "before" and self.who == "recipient":
            return await onward(attempt)
        raise Lost(f"{name} crashed")
