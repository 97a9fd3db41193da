"""Faults: what goes wrong between providers, as values. One file each; the union in `kinds` is the only list of them.

A fault says which requests it hits and what becomes of them; injecting it gives a guard that takes it away again:

    from simulator.net.faults import DropAnswer, Hold, Partition, RequestMatch

    second = RequestMatch(recipient="b.example", endpoint="/v1/notify", skip=1, times=1)
    with session.inject(DropAnswer(where=second)) as lost:
        await alice.perform(Send(group, b"one"))
        await alice.perform(Send(group, b"two"))
        await session.settle()
    assert lost.hits == 1

    held = session.inject(Hold(where=RequestMatch(sender="a.example", operation=("add_users",))))
    ...
    held.release()                  # those that wait go on; more will be held
    held.remove()                   # or: repaired, and nothing is held any more

A request that several faults hit passes through them in the order in which they were injected. TLS and HTTP stay real:
faults hold a request back, send it twice, cut its connection in the midst; they never make up what a peer would do.
What waits, waits for `release` or for protocol time (`session.advance`), and so does its sender's deadline: a
request that is held up for as much protocol time as its sender waits for answers ends as TimedOut. Settling a session
does not wait for what faults hold up.

    request -- in_force (which faults hit it) -- injected (one of them: its guard and counters) -- fault.carry
                                                                     |                                 |
                                                                   fault_context (what it holds) ------+--- onward
"""

from typing import TYPE_CHECKING

from simulator.exported_later import exported_later
from simulator.net.faults.fault import Fault, RequestFault
from simulator.net.faults.fault_context import Machine, NoOwnProcess, UnknownMachine
from simulator.net.faults.in_force import Faults
from simulator.net.faults.injected import Injected
from simulator.net.faults.request_match import RequestMatch

if TYPE_CHECKING:
    from simulator.net.faults.clock_jumps import ClockJumps
    from simulator.net.faults.clock_skew import ClockSkew
    from simulator.net.faults.corrupt import Corrupt
    from simulator.net.faults.crash import Crash
    from simulator.net.faults.crash_at import CrashAt
    from simulator.net.faults.delay import Delay
    from simulator.net.faults.dns_failure import DNSFailure
    from simulator.net.faults.drop_answer import DropAnswer
    from simulator.net.faults.drop_request import DropRequest
    from simulator.net.faults.duplicate import Duplicate
    from simulator.net.faults.hang_up import HangUp
    from simulator.net.faults.hold import Hold
    from simulator.net.faults.kill import Kill
    from simulator.net.faults.kinds import AnyFault
    from simulator.net.faults.loss import Loss
    from simulator.net.faults.partition import Partition
    from simulator.net.faults.refuse_connection import RefuseConnection
    from simulator.net.faults.reorder import Reorder
    from simulator.net.faults.reset import Reset
    from simulator.net.faults.respond import Respond
    from simulator.net.faults.restart import Restart
    from simulator.net.faults.slow_read import SlowRead
    from simulator.net.faults.slow_write import SlowWrite
    from simulator.net.faults.stop import Stop
    from simulator.net.faults.store_fails import StoreFails
else:
    __getattr__ = exported_later(__name__, "kinds")

__all__ = [
    "AnyFault",
    "ClockJumps",
    "ClockSkew",
    "Corrupt",
    "Crash",
    "CrashAt",
    "DNSFailure",
    "Delay",
    "DropAnswer",
    "DropRequest",
    "Duplicate",
    "Fault",
    "Faults",
    "HangUp",
    "Hold",
    "Injected",
    "Kill",
    "Loss",
    "Machine",
    "NoOwnProcess",
    "Partition",
    "RefuseConnection",
    "Reorder",
    "RequestFault",
    "RequestMatch",
    "Reset",
    "Respond",
    "Restart",
    "SlowRead",
    "SlowWrite",
    "Stop",
    "StoreFails",
    "UnknownMachine",
]
