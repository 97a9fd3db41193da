"""One provider of the federation, assembled: what the services decide is asked for, answered and carried out here.

    HTTPS --- server --- dispatch --+                     +--- fan_out --- peers --- client --- HTTPS
                                    +--- desk (services,  |
    own clients ------- counter ----+    store, clock) ---+--- outbox

Several providers may share a DS host: then a `shared_host` is the server before the `dispatch` of each.

`desk` is the one place where services run: one transaction per request, never across an `await`. "Owning" and "guest"
are what a provider is in a group, not kinds of providers.
"""

from simulator.provider.activity import Activity
from simulator.provider.clock import Clock, ManualClock
from simulator.provider.counter import Counter
from simulator.provider.fault_log import FaultLog
from simulator.provider.milestones import Broken, Point
from simulator.provider.provider import PortTaken, Provider, Settings, World, own_port
from simulator.provider.shared_host import SharedHost

__all__ = [
    "Activity",
    "Broken",
    "Clock",
    "Counter",
    "FaultLog",
    "ManualClock",
    "Point",
    "PortTaken",
    "Provider",
    "Settings",
    "SharedHost",
    "World",
    "own_port",
]
