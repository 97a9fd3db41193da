"""One provider of the federation, assembled: what the services decide is asked for, answered and carried out here.

    HTTPS --- server --- incoming/ ---+                              +--- outgoing/ --- client --- HTTPS
                (dispatch)            +--- service_executor: --------+    (fan_out, peers)
    own clients ------ client_api ----+    services, store, clock    +--- outbox

Several providers may share a service host: then a `shared_host` is the server before the `dispatch` of each.

`service_executor` is the one place where services run: one transaction per request, never across an `await`. A provider
is the hub of some groups, which orders their messages and fans them out, and a follower in others.
"""

from simulator.net.failpoint import Failpoint
from simulator.provider.client_api import ClientAPI
from simulator.provider.clock import Clock, ManualClock
from simulator.provider.environment import Environment
from simulator.provider.failpoints import ProviderCrashed
from simulator.provider.fault_log import FaultLog
from simulator.provider.incoming.shared_host import SharedHost
from simulator.provider.own_port import PortTaken, own_port
from simulator.provider.provider import Provider, Settings
from simulator.provider.work_tracker import Counts, WorkTracker

__all__ = [
    "ClientAPI",
    "Clock",
    "Counts",
    "Environment",
    "Failpoint",
    "FaultLog",
    "ManualClock",
    "PortTaken",
    "Provider",
    "ProviderCrashed",
    "Settings",
    "SharedHost",
    "WorkTracker",
    "own_port",
]
