"""The README's picture, from a run of the scenario that it shows: `python -m tests.picture` draws it anew."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from simulator.notebook import run
from simulator.notebook.traffic import Traffic
from simulator.trace import Event, Exchange, ProtocolEvent, Segment
from simulator.trace.drawing.diagram import diagram
from simulator.trace.drawing.sequence import shown

ROOT = Path(__file__).parent.parent
SCENARIO = ROOT / "scenarios" / "malicious" / "forwarded-deliver-message.yaml"
PICTURE = ROOT / ".github" / "forwarding-attack.svg"
STEPS = ("send secret", "capture", "forward")


def drawn() -> str:
    """The steps of the attack as SVG, the same in every run."""
    trace = Traffic.during(run(SCENARIO).traffic, *STEPS).trace
    return diagram(replace(trace, events=tuple(_in_order(trace.events))), rows=60).svg + "\n"


def _in_order(events: Iterable[Event]) -> Iterator[Event]:
    """What is shown, one thing after the other and counted from 1: which of two requests that are under way at a time
    comes first, and where the trace counts them, is not the same in every run.
    """
    kept = [each for each in events if not isinstance(each, ProtocolEvent) or shown(each)]
    kept = [each for each in kept if not isinstance(each, Segment)]
    side_by_side = sorted(
        (each for each in kept if isinstance(each, Exchange)),
        key=lambda each: (each.step_number, each.sender, each.recipient),
    )
    exchanges, numbers = iter(side_by_side), count(1)
    for place, each in enumerate(kept):
        if isinstance(each, Exchange):
            exchange = next(exchanges)
            seconds = float(len(kept)) if exchange.refused else 0.5  # the refusal stands between request and answer
            yield replace(exchange, number=next(numbers), started=float(place), seconds=seconds)
        else:
            yield replace(each, started=float(place))


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
