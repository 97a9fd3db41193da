"""Providers that crash."""

from typing import Literal

from simulator.net.crossing import Crossing, Lost, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class Crash(Aimed, frozen=True, kw_only=True, tag="crash"):
    """One of the two providers of an exchange crashes: just before the request is sent, or when it has been carried out
    and its answer not yet been read. It stays down until somebody starts it.
    """

    who: Literal["sender", "recipient"] = "recipient"
    when: Literal["before", "after"] = "before"

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """A crashed sender goes no further, and a crashed recipient can't be reached."""
        name = crossing.hop.sender if self.who == "sender" else crossing.hop.provider
        machine = grip.machine(name)
        if self.when == "after":
            await onward(crossing)
        await machine.crash()
        if self.when == "before" and self.who == "recipient":
            return await onward(crossing)
        raise Lost(f"{name} crashed")
