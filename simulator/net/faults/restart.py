"""Providers that are started anew."""

from contextlib import suppress

from simulator.machine import MachineFailure
from simulator.net.client.attempt import Attempt, Onward
from simulator.net.faults.fault import RequestFault
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply


class Restart(RequestFault, frozen=True, kw_only=True, tag="restart"):
    """The provider that is asked crashes, unless it is down, and runs again just before the request comes: open
    connections are broken, and what it did not store is forgotten. It stays down where this machine can't run it again.
    """

    async def carry(self, attempt: Attempt, onward: Onward, context: FaultContext) -> HTTPReply:
        """Find it as after a reboot."""
        machine = context.machine(attempt.route.provider)
        await machine.crash()
        with suppress(MachineFailure):  # its own, and noted there: who asks finds nobody
            await machine.start()
        return await onward(attempt)
