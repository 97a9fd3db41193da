"""A federation in a notebook's cells, and everything that one may want to look at of it.

    from simulator.net.faults import Partition
    from simulator.notebook import Federation

    federation = Federation({"a.example": {"alice": ["phone"]}, "b.example": {"bob": ["phone"]}}).start()
    alice, bob = federation.client("alice"), federation.client("bob")

    alice.connect("bob")                                    # act as a user: each act is a step of the record,
    team = alice.create_group("team")                       # and when it returns, what follows from it has happened
    alice.add(team, "bob")
    alice.send(team, "Hello")

    team                                                    # look: the ratchet tree, whose keys, who is in which epoch
    team.received                                           # who has which message
    federation.traffic.diagram()                            # the sequence diagram, tables, plots: see Traffic
    hello = federation.capture("fan_out", sender="a.example", recipient="b.example")
    hello                                                   # the bytes beside the struct that they are

    with federation.fault(Partition(side=("b.example",))):  # inject a fault: `simulator.net.faults`
        alice.send(team, "Is anybody there?")

    b = federation.provider("b.example")                    # let a provider attack
    b.forward(hello, "a.example")
    b.forward(hello.changed(recipient="a.example").signed_by(b), "a.example")
    federation.do("withhold: {by: a.example, clients: bob}")    # or any other step of the scenario language

    federation.stop()                                       # or: with Federation(...) as federation:

`Federation` is live; `run`, `load` and `load_all` give the `Traffic` of scenarios and of kept traces, `compare` what
differs between two, `attacks` what becomes of attacks in several drafts, `sweep` many runs as a data frame. `listing`
shows data frames to readers, `growth` plots how measured values grow.

    cell --- Federation, Client, Group, Provider, Request (live, clients, providers, request)
                 |                                                  |
               live_session: a step of the record, or a look      markup, wire, trees, deliveries: HTML displays
                 |                                                traffic, diagram, pictures: tables, plots
               background: trio in a thread of its own
                 |
               federation.open_session

A notebook's thread has an event loop of its own that is busy while a cell runs. So the federation lives in another
thread; a cell hands it a function and waits. Interrupting a cell cancels that function, and when the interrupt shows,
it has ended: nothing of it goes on. The federation itself goes on; a request that was under way is without answer then,
and its client asks for it again, in the same bytes, as after a lost answer. A kernel that ends takes all with it.

What is refused or wrong is a `Refused` and shows as one sentence; a traceback is a bug of ours.
"""

from simulator.notebook.attacks import attacks
from simulator.notebook.comparing import compare
from simulator.notebook.errors import Refused
from simulator.notebook.figures.growth import growth
from simulator.notebook.figures.listing import listing
from simulator.notebook.live.live import Federation
from simulator.notebook.loading import load, load_all
from simulator.notebook.running import run
from simulator.notebook.sweeping import sweep
from simulator.notebook.traffic import Traffic

__all__ = [
    "Federation",
    "Refused",
    "Traffic",
    "attacks",
    "compare",
    "growth",
    "listing",
    "load",
    "load_all",
    "run",
    "sweep",
]
