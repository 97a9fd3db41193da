"""What the page knows as soon as it is open: the run, its scenarios, and each exchange in a line."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.trace.drawing.sequence import Band, Message, Note, sequence
from simulator.trace.events import Connected, Exchange, ProtocolEvent, TLSFailure
from simulator.trace.header import Header
from simulator.trace.report.blocks import Blocks
from simulator.trace.report.sections import Section, sections
from simulator.trace.trace import Step, Trace
from simulator.trace.tree import shortened

COLUMNS = (
    "number",
    "sender",
    "recipient",
    "endpoint",
    "operation",
    "method",
    "status",
    "code",
    "error",
    "fault",
    "attempt",
    "started",
    "seconds",
    "sent",
    "received",
    "step",
)
"""What an exchange's line holds. `started` (since the scenario's beginning) and `seconds` are in milliseconds here."""

BAND, BOTH, REQUEST, ANSWER, NOTE = range(5)
"""The kinds of rows, as the page counts them."""

_PARTS = {"both": BOTH, "request": REQUEST, "answer": ANSWER}
_ALARMING = {"Crashed", "Lost", "FellBehind", "Undelivered", "Equivocated", "Waived"}


def run_content(traces: Sequence[Trace], blocks: Blocks) -> dict[str, Any]:
    """The run as the page reads it; headers, bodies and trees go into `blocks`."""
    exchanges = [exchange for trace in traces for exchange in trace.exchanges]
    return {
        "columns": COLUMNS,
        "started": min((trace.header.started for trace in traces), default=0),
        "seconds": sum(trace.end.seconds for trace in traces if trace.end),
        "lasted": _lasted(traces),
        "simulator": sorted({trace.header.simulator for trace in traces if trace.header.simulator}),
        "drafts": sorted({trace.header.draft for trace in traces}),
        "seeds": sorted({trace.header.seed for trace in traces}),
        "bytes": sum(len(exchange.request) + len(exchange.response) for exchange in exchanges),
        "connections": sum(1 for trace in traces for _ in trace.of(Connected)),
        "tls_failures": sum(1 for trace in traces for _ in trace.of(TLSFailure)),
        "scenarios": [scenario_content(trace, blocks) for trace in traces],
    }


def _lasted(traces: Sequence[Trace]) -> float:
    """Seconds from the first beginning to the last event: less than all scenarios together where some ran at once."""
    began = min((trace.header.started for trace in traces), default=0)
    return max((trace.events[-1].started for trace in traces if trace.events), default=began) - began


def scenario_content(trace: Trace, blocks: Blocks) -> dict[str, Any]:
    """One scenario as the page reads it."""
    header, end = trace.header, trace.end
    drawn = sequence(trace)
    places = {exchange.number: place for place, exchange in enumerate(trace.exchanges)}
    exchanges: list[list[Any]] = [[] for _ in places]
    steps: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    layout: list[int] = []
    for row in drawn.rows:
        match row:
            case Band(step):
                layout += (BAND, len(steps))
                steps.append(_step(step))
            case Message(exchange, part=part):
                place = places[exchange.number]
                layout += (_PARTS[part], place)
                exchanges[place] = _line(row, header.started)
            case Note():
                layout += (NOTE, len(notes))
                notes.append(_note(row, header.started))
    return {
        "id": trace.id,
        "name": header.name,
        "file": header.file,
        "description": header.description,
        "tags": header.tags,
        "covers": header.covers,
        "waived": _waived(header),
        "parameters": dict(header.parameters),
        "seed": header.seed,
        "draft": header.draft,
        "suite": header.suite,
        "http2": header.http2,
        "mutual_tls": header.mutual_tls,
        "started": header.started,
        "result": trace.result,
        "message": shortened(end.message) if end else "",
        "seconds": end.seconds if end else None,
        "lanes": [{"name": lane.name, "kind": lane.kind, "provider": lane.provider} for lane in drawn.lanes],
        "steps": steps,
        "exchanges": exchanges,
        "marks": notes,
        "layout": layout,
        "sections": [_section(each, places) for each in sections(trace)],
        "blocks": blocks.add(trace),
    }


def _section(section: Section, places: Mapping[int, int]) -> dict[str, Any]:
    """A table; in each cell the text, the place of the exchange that it is about, and its tone."""
    return {
        "title": section.title,
        "said": section.said,
        "head": [shortened(each) for each in section.head],
        "rows": [
            [
                (shortened(each.text), None if each.exchange is None else places.get(each.exchange), each.tone)
                for each in row
            ]
            for row in section.rows
        ],
        "left": section.left_out,
    }


def _waived(header: Header) -> list[str]:
    """Who does not keep which rules, a sentence each; those that nobody keeps together."""
    rules = dict.fromkeys(rule for theirs in header.waived.values() for rule in theirs)
    said = []
    for rule in rules:
        who = [name for name, theirs in header.waived.items() if rule in theirs]
        all_of_them = len(who) == len(header.providers)
        said.append(f"{'Nobody keeps' if all_of_them else ' and '.join(who) + ' waives'} {rule}")
    return said


def _line(row: Message, began: float) -> list[Any]:
    exchange = row.exchange
    values = {
        "sender": row.sender,
        "recipient": row.recipient,
        "started": round(1000 * (exchange.started - began), 2),
        "seconds": round(1000 * exchange.seconds, 2),
        "sent": len(exchange.request),
        "received": len(exchange.response),
        "step": exchange.step_number,
    }
    found = (values[column] if column in values else getattr(exchange, column) for column in COLUMNS)
    return [shortened(value) if isinstance(value, str) else value for value in found]


def _step(step: Step) -> dict[str, Any]:
    ended = step.ended
    return {
        "number": step.number,
        "label": step.label.removeprefix(f"{step.number} ") or "before the first step",
        "line": step.began.line if step.began else None,
        "note": step.began.note if step.began else "",
        "attack": step.began.attack if step.began else False,
        "result": ended.result if ended else "unfinished" if step.began else "",
        "message": shortened(ended.message) if ended else "",
        "mismatches": [
            (each.line, shortened(each.expected), shortened(each.happened))
            for each in (ended.mismatches if ended else ())
        ],
        "seconds": ended.seconds * 1000 if ended else None,
    }


def _note(row: Note, began: float) -> dict[str, Any]:
    event = row.event
    common = {
        "number": event.number,
        "lane": row.lane,
        "text": shortened(row.text),
        "started": round(1000 * (event.started - began), 2),
        "step": event.step_number,
    }
    if isinstance(event, TLSFailure):
        return common | {"kind": "TLS failure", "reason": shortened(event.reason), "tone": "bad", "facts": []}
    tone = "refused" if event.is_rejection else "good"
    return common | {
        "kind": event.kind,
        "reason": shortened(event.reason or ""),
        "tone": "bad" if event.kind in _ALARMING else tone,
        "facts": _facts(event),
    }


def _facts(event: ProtocolEvent) -> list[tuple[str, str]]:
    known = {
        "Group": event.group,
        "Epoch": event.epoch,
        "Operation": event.operation,
        "Other party": event.peer,
        "Rule": event.rule,
        "Broken": event.broken,
        "Requirement": event.requirement,
        "Actor": event.actor,
        **{name.capitalize(): value for name, value in event.details.items()},
    }
    return [(name, shortened(str(value))) for name, value in known.items() if value not in (None, "")]


def outcome(exchange: Exchange) -> str:
    """How an exchange went: `answered`, `refused` (4xx) or `failed` (5xx, or no answer at all)."""
    if exchange.error is not None or exchange.status is None or exchange.status >= 500:
        return "failed"
    return "refused" if exchange.refused else "answered"
