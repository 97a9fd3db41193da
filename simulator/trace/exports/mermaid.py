"""What happened as Mermaid sequence diagrams: a diagram is one scenario's.

Mermaid draws one diagram of a file, so that several go into a Markdown file, each under its heading.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.printable import printable
from simulator.trace.drawing.mermaid import box, label
from simulator.trace.drawing.sequence import Band, Lane, Message, Note, Row, sequence
from simulator.trace.events import Exchange
from simulator.trace.saving import save
from simulator.trace.trace import Step, Trace

MARKDOWN = (".md", ".markdown")
_MEANING = re.compile(r"[\\`*_\[\]<>&!#|~$@]|^[-+=]|(?<=:)/(?=/)")
"""What means something to Markdown, or makes links of words."""


def write(traces: Sequence[Trace], path: Path) -> None:
    """Write a diagram, or a Markdown file of diagrams where the path ends so.

    Raises SimulatorError, also for several traces in a file that is not Markdown.
    """
    lines: Iterator[str]
    if path.suffix in MARKDOWN:
        lines = chain.from_iterable(map(_section, traces))
    elif len(traces) == 1:
        lines = diagram(traces[0])
    else:
        raise SimulatorError(
            f"{path} can only have one diagram, and these are {len(traces)} scenarios: "
            "name a file *.md for all of them, or choose one trace"
        )
    save(path, (f"{line}\n".encode() for line in lines))


def diagram(trace: Trace) -> Iterator[str]:
    """The lines: a box for each provider with its clients, then what happened from top to bottom."""
    drawn = sequence(trace)
    used = sorted({lane for row in drawn.rows for lane in _lanes(row)})
    yield "sequenceDiagram"
    yield f"    title {label(f'{trace.header.name}: {trace.result}')}"
    yield from _boxes([(place, drawn.lanes[place]) for place in used])
    for row in drawn.rows:
        for line in _row(row, used):
            yield f"    {line}"


def _section(trace: Trace) -> Iterator[str]:
    header = trace.header
    yield from (f"## {_plain(trace.id)}", "", _plain(f"{header.name}: {trace.result}, seed {header.seed}"), "")
    yield from ("```mermaid", *diagram(trace), "```", "")


def _lanes(row: Row) -> tuple[int, ...]:
    match row:
        case Message():
            return (row.sender, row.recipient)
        case Note():
            return (row.lane,)
        case Band():
            return ()


def _boxes(lanes: Sequence[tuple[int, Lane]]) -> Iterator[str]:
    for (provider, kind), inside in groupby(lanes, key=lambda each: (each[1].provider, each[1].kind == "other")):
        indent = "    " if kind else "        "
        lines = [f"{indent}{_participant(lane)} l{place} as {label(lane.name)}" for place, lane in inside]
        yield from lines if kind else (f"    {box(provider)}", *lines, "    end")


def _participant(lane: Lane) -> str:
    return "actor" if lane.kind == "client" else "participant"


def _row(row: Row, used: Sequence[int]) -> Iterator[str]:
    match row:
        case Band(step):
            if used:
                yield f"Note over {_all(used)}: {label(_step(step))}"
        case Message(exchange, sender, recipient, part):
            if part != "answer":
                yield f"l{sender}->>l{recipient}: {label(_asked(exchange))}"
            if part != "request":
                arrow = "--x" if exchange.refused or exchange.status is None else "-->>"
                yield f"l{recipient}{arrow}l{sender}: {label(_answered(exchange))}"
        case Note(_, lane, text):
            yield f"Note over l{lane}: {label(text)}"


def _all(used: Sequence[int]) -> str:
    return ",".join(dict.fromkeys(f"l{place}" for place in (used[0], used[-1])))


def _step(step: Step) -> str:
    said = f"step {step.label}" if step.number else step.label or "start"
    if step.began and step.began.attack:
        said += " (attack)"
    if step.ended and step.ended.result != "passed":
        said += f": {step.ended.result}"
    return said


def _asked(exchange: Exchange) -> str:
    said = f"{exchange.method} {exchange.endpoint}"
    if exchange.operation not in (None, exchange.endpoint):
        said += f" ({exchange.operation})"
    if exchange.attempt > 1:
        said += f", attempt {exchange.attempt}"
    return f"{said}, fault {exchange.fault}" if exchange.fault else said


def _answered(exchange: Exchange) -> str:
    if exchange.status is None:
        return f"no answer: {exchange.error}"
    return f"{exchange.status} {exchange.code or ''}"


def _plain(text: str) -> str:
    """What stands in a line of Markdown and means only itself."""
    plain = _MEANING.sub(lambda found: f"\\{found[0]}", printable(" ".join(text.split())))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", plain)  # no item of a list
