"""A golden trace as text, and read again.

A scenario's file has a line for each message:

    step 4 send hello: passed
      b.example > a.example
        handshakes send_message 200 277>3 http=1.1 | version=1 ... body=MessageRequest@1f2e3d4c ... | body=...

endpoint, operation, status or error, sizes of request and answer, further facts; then the outermost fields of both,
those that are structs as digests. What clients and providers noticed follows, a line for all who noticed the same.
Signatures and keys among the outermost fields are left out: the digests of what they are for tell as much.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from simulator.trace.comparing.canonical import Canonical, CanonicalStep, Message, Shapes


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a golden trace, and where it stands."""

    step: str
    """The step's label; empty for the first line, which is of the run."""
    where: str
    """The flow `a.example -> b.example`, or who noticed; empty for the step's verdict."""
    text: str


def golden_text(run: Canonical) -> str:
    """A run as text."""
    lines = [f"{run.draft} seed {run.seed}: {run.result}"]
    for step in run.steps.values():
        lines.append(f"step {step.label}: {step.result}{f' ({step.message})' if step.message else ''}")
        lines += _step_lines(step)
    return "\n".join(lines) + "\n"


def _step_lines(step: CanonicalStep) -> Iterator[str]:
    for (sender, to), messages in step.flows.items():
        yield f"  {sender} > {to}"
        for message in messages:
            yield f"    {_message(message, sender, to)}"
    alike: dict[tuple[str, ...], list[str]] = {}
    for who, what in step.noticed.items():
        alike.setdefault(what, []).append(who)
    for what, everybody in alike.items():
        yield f"  {', '.join(everybody)}: {', '.join(what)}"


def _message(message: Message, sender: str, to: str) -> str:
    facts = dict(message.facts)
    operation = facts.pop("operation", message.endpoint)
    method, status = facts.pop("method", ""), facts.pop("status", "failed")
    words = [message.endpoint, *([operation] if operation != message.endpoint else []), method, status]
    words.append(f"{message.request.size}>{message.response.size}")
    words += [f"{name}={value.replace(' ', '_')}" for name, value in facts.items() if (name, value) != ("http", "1.1")]
    implied = {("sender", sender), ("recipient", to)}
    parts = [" ".join(words)]
    for body in (message.request, message.response):
        parts.append(" ".join(f"{n}={v.strip().replace(' ', '_')}" for n, v in body.brief if (n, v) not in implied))
    return " | ".join(parts).rstrip(" |")


def by_step(text: str) -> list[list[Line]]:
    """The lines of a golden trace, in a list for each step; the first is the run's own line."""
    return [list(lines) for _, lines in groupby(_parsed(text), key=lambda line: line.step)]


def _parsed(text: str) -> Iterator[Line]:
    step = where = ""
    for line in text.splitlines():
        if line.startswith("    "):
            yield Line(step, where, line.strip())
        elif line.startswith("  "):
            name, colon, rest = line.strip().partition(": ")
            where = name.replace(" > ", " -> ")
            if colon:
                yield Line(step, name, rest)
        else:
            label, _, said = line.partition(": ")
            step, where = (label.removeprefix("step "), "") if label.startswith("step ") else ("", "")
            yield Line(step, "", said if step else line)


def facts_of(text: str) -> dict[str, str]:
    """What a message's line says, by name."""
    head, *bodies = text.split(" | ")
    found: dict[str, str] = {}
    plain = [word for word in head.split() if "=" not in word]
    sizes, status = (*reversed(plain[-2:]), "", "")[:2]  # a line may have been cut
    request, _, answer = sizes.partition(">")
    found.update({"request size": request, "answer size": answer, "status": status})
    found.update({"operation": plain[1]} if len(plain) > 4 else {})
    found.update(_pair(word) for word in head.split() if "=" in word)
    for part, body in zip(("request", "answer"), bodies, strict=False):
        found.update({f"{part} {name}": value for name, value in map(_pair, body.split())})
    return found


def head_of(text: str) -> tuple[str, str, str]:
    """Draft, seed and verdict of a run."""
    run, _, result = text.partition(": ")
    draft, _, seed = run.partition(" seed ")
    return draft, seed, result


def _pair(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    return name, value


def shapes_text(shapes: Shapes) -> str:
    """The structs' fields as text, a line a struct."""
    lines = []
    for struct in sorted(shapes):
        fields = (f"{field} {'|'.join(sorted(types))}" for field, types in shapes[struct].items())
        lines.append(f"{struct}: {'; '.join(fields)}\n")
    return "".join(lines)


def read_shapes(path: Path) -> Shapes:
    """The structs' fields from their file."""
    shapes: Shapes = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        struct, _, fields = line.partition(": ")
        for field in fields.split("; "):
            name, _, types = field.partition(" ")
            shapes.setdefault(struct, {})[name] = set(types.split("|"))
    return shapes
