"""What happened on the wire, as values: events, the recorder that collects them, and (side by side) the exports.

The rooms that act put events in; nothing here acts, reads a clock or knows a struct of any draft.
"""

from simulator.trace.events import Event, Exchange, TLSFailure
from simulator.trace.recorder import Mark, Recorder

__all__ = ["Event", "Exchange", "Mark", "Recorder", "TLSFailure"]
