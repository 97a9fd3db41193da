"""One federation in several processes: each runs a share of the providers with their users' clients.

    whoever acts (a scenario, the control interface)
      |
    SpreadSession -- RemoteProvider, RemoteClient         this process: names, steps, time, the one recorder
      |   acts (asynchronous)   |  looks (at once)
    Process ----------------- socket pairs -------------- worker: open_session of its share, `served` does as told
                                                            \\__ HTTPS on loopback __ the providers of other workers

`placement` cuts the topology into shares of neighbours, so that the order of the shares is the order of the topology.
A provider does not know in which process another is: names lead to ports (`Network`), and all certificates come from
one authority, whose key each process gets. Random bytes belong to an actor and a purpose (`SeededRand`), and protocol
time stands still until it is told to all: so the bytes between two providers do not depend on where they are.

What a session has of one process, it has of several:

- **settling**: nothing is under way anywhere if in two rounds of questions all processes count as much work as stands
  still, and none has begun or ended any in between (`quiescence`). Then the clients read their queues, each process's
  beside the others'; but what one asks for has to wait until the shares before have ended theirs (`turn`), so that
  requests go out in the order in which one process would send them.
- **the recorder**: each process records its own, and it is merged by time when somebody reads. What one provider sent
  to another, and what one client noticed, is recorded by one process, in order; the order of all else among each other
  is open in one process, too.
- **what is seen**: a client's event log is copied with each answer; the rest is asked for when somebody looks, and
  comes as a copy. What is not in the classes here can't be reached from outside, and raises `Elsewhere`.

A process that dies is this machine's failure (`MachineFailure`), with the names of the providers that are gone. The
others go on.

Where providers are to be killed (the fault `kill`), each has a process, and all clients are here (`killable`):

    KillableSession -- Client -- RemoteHome -- RestartableProcess -- one Process after the other
                       KillableProvider: the machine that the fault is for
"""

from simulator.federation.processes.killable import open_killable_session
from simulator.federation.processes.messages import Elsewhere
from simulator.federation.processes.process import Process, Processes, running_processes
from simulator.federation.processes.spread import open_spread_session

__all__ = ["Elsewhere", "Process", "Processes", "open_killable_session", "open_spread_session", "running_processes"]
