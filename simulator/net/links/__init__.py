"""A model of the links between providers: what a request and its answer take on a network that loopback is not.

    request -- faults -- simulated_links.carry: the way there -- HTTPS over loopback -- the way back
                              |
                         line (one direction: queueing, jitter, losses) -- link (latency, bandwidth, ...)
                              |
                         arrivals (who waits for which instant) -- the federation's clock

Nothing sleeps. A message that is on its way waits for an instant of simulated time, in whole nanoseconds; real HTTP
goes over loopback at that one instant. Whoever drives the clock lets time pass to the next instant when nothing moves
(`simulator.federation.simulated_time`), and lets one thing happen at a time: so a server gets requests in the order in
which they arrive, in every run with one seed.

A message takes, in each direction:

- until the octets before it on this direction of the link have left: answers queue with requests;
- its octets (head as HTTP/1.1 writes it, and body) by the bandwidth;
- the latency, and jitter: evenly distributed from nothing to `jitter`;
- for each loss of one of its segments of 1460 octets a retransmission timeout, as TCP without fast retransmit has it:
  1 s, doubled with each further loss of the same segment, 60 s at most (RFC 6298 2.1, 2.4, 5.5). Losses cost time and
  nothing else; a request that takes longer than its sender waits ends as a timeout. Requests that are lost for good are
  a fault (`simulator.net.faults.Loss`).

Connections are taken as open, as between providers that keep them: no time for handshakes, none for looking names up.
Messages do not wait for a lost segment of another: each may be on a connection of its own.
"""

from simulator.net.links.arrivals import Arrivals
from simulator.net.links.link import Link, NetworkModel
from simulator.net.links.simulated_links import SimulatedLinks

__all__ = ["Arrivals", "Link", "NetworkModel", "SimulatedLinks"]
