"""The union of all faults: the only list of them."""

from typing import TypeAlias

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

AnyFault: TypeAlias = (
    Hold
    | Delay
    | Partition
    | DropRequest
    | HangUp
    | DropAnswer
    | Loss
    | Reset
    | Duplicate
    | Reorder
    | Corrupt
    | SlowRead
    | SlowWrite
    | DNSFailure
    | RefuseConnection
    | Respond
    | ClockSkew
    | ClockJumps
    | Stop
    | Crash
    | CrashAt
    | Kill
    | StoreFails
    | Restart
)
