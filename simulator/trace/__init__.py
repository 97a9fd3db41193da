"""What happened in a run, as values: recorded as it happens, kept in files, read again, compared and exported.

    what acts      --- Recorder --+-- memory: recorder.events
    (net, provider, clients)      +-- sinks:  TraceWriter, a file a scenario   --- read, Follower --- Trace

    events    what happens             header   what a trace is of        tree   decoded bytes
    recorder  takes it down            file     the file format           trace  ways to look at it

    layout/     what a draft is on the wire, as a value: bodies decoded by it alone, and two of them compared
    comparing/  canonical: what is the same in each run --- diff: between two runs --- diff_views: as text, JSON, a page
                                                        +-- golden: a canonical trace as text in git, and its changes
    drawing/    sequence: the layout of a diagram --- report/   a page of a run, for people
    tokens/     what headers and bodies say of tokens, and what became of those --- disclosures: who learned whom
    tables      exchanges and events, a row each  --- exports/  HAR, packets, Parquet, Mermaid, JSON lines, for programs

What acts puts events in; nothing here acts, reads a clock or knows a struct of any draft. Bytes are the truth:
what they mean is decoded when a trace is read, by the layout that the trace itself carries:

    from simulator.trace import read, read_all

    for trace in read_all(Path("run")):                         # a folder of `mimi-sim run --trace`, or one file
        print(trace.header.scenario, trace.result)              # passed | failed | fault | ... | unfinished
        for step in trace.steps:                                # number 0 is what happens before the first step
            for exchange in step.exchanges:                     # sender, to, endpoint, operation, status, code, ...
                found = trace.request(exchange)                 # None (no body) or Dissection(root, error)
                for node in found.root.walk() if found else (): # path, type, value, offset, length, children
                    ...

A run in memory makes the same: `Trace.of_run(header, recorder.events)`. `Follower` reads a file that
grows. All events have `number` (their order), `step`, `step_number`, `started`; which kinds there are: `Event`'s
subclasses in events.py, `KINDS` in file.py.
"""

from typing import TYPE_CHECKING

from simulator.exported_later import exported_later
from simulator.trace.errors import TraceFileError
from simulator.trace.events import (
    Address,
    ClientSecret,
    Connected,
    Disconnected,
    End,
    Event,
    Exchange,
    Headers,
    Mismatch,
    ProtocolEvent,
    Segment,
    StepBegan,
    StepEnded,
    TLSFailure,
    TLSSecret,
)
from simulator.trace.header import ClientShown, Header, ProviderShown
from simulator.trace.recorder import Mark, Recorded, Recorder, Sink

if TYPE_CHECKING:
    from simulator.trace.file import Follower, TraceWriter, file_name, read, read_all
    from simulator.trace.trace import Flow, Step, Trace
    from simulator.trace.tree import Dissect, Dissection, Node, Part, undissected
else:
    __getattr__ = exported_later(__name__, "tree", "trace", "file")

__all__ = [
    "Address",
    "ClientSecret",
    "ClientShown",
    "Connected",
    "Disconnected",
    "Dissect",
    "Dissection",
    "End",
    "Event",
    "Exchange",
    "Flow",
    "Follower",
    "Header",
    "Headers",
    "Mark",
    "Mismatch",
    "Node",
    "Part",
    "ProtocolEvent",
    "ProviderShown",
    "Recorded",
    "Recorder",
    "Segment",
    "Sink",
    "Step",
    "StepBegan",
    "StepEnded",
    "TLSFailure",
    "TLSSecret",
    "Trace",
    "TraceFileError",
    "TraceWriter",
    "file_name",
    "read",
    "read_all",
    "undissected",
]
