"""A golden trace as text; `golden_lines` reads it again.

A scenario's file has a line for each message:

    step 4 send hello: passed
      b.example > a.example
        handshakes send_message 200 277>3 http=1.1 | version=1 ... body=MessageRequest@1f2e3d.4c5b ... | body=...

endpoint, operation, status or error, sizes of request and answer, further facts; then the outermost fields of both,
those that are structs as `digests`. What clients and providers noticed follows, a line for all who noticed the same, a
refusal with its rules in brackets. Signatures and keys among the outermost fields are left out: the digests of what
they are for tell as much.
"""

import re
from collections.abc import Callable, Iterator

from simulator.dataclass import dataclass
from simulator.trace.comparing.canonical import Body, Canonical, CanonicalStep, Message
from simulator.trace.comparing.digests import UNTOLD, outermost


@dataclass(frozen=True, slots=True)
class Telling:
    """How bodies are told that are compared with those of another layout: see `outermost`."""

    untold: frozenset[str] = frozenset()
    sized_otherwise: Callable[[Body], bool] = lambda _: False
    """Whether a body has another size there."""
    touched: Callable[[str, str], bool] = lambda _endpoint, _part: False
    """Whether requests or answers of an endpoint are otherwise there: then nothing is told of those that are
    malformed."""
    hidden: Callable[[str], bool] = lambda _: False
    """Whether a text is another one there."""


ALL = Telling()

_SEPARATOR = re.compile(r"\s")


def golden_text(run: Canonical, telling: Telling = ALL) -> str:
    """A run as text."""
    lines = [f"{run.draft} seed {run.seed}: {run.result}"]
    for step in run.steps.values():
        lines.append(f"step {step.label}: {step.result}{f' ({step.message})' if step.message else ''}")
        lines += _step_lines(step, telling)
    return "\n".join(lines) + "\n"


def _step_lines(step: CanonicalStep, telling: Telling) -> Iterator[str]:
    for (sender, to), messages in step.flows.items():
        yield f"  {sender} > {to}"
        for message in messages:
            yield f"    {_message(message, sender, to, telling)}"
    alike: dict[tuple[str, ...], list[str]] = {}
    for who, what in step.noticed.items():
        alike.setdefault(what, []).append(who)
    for what, everybody in alike.items():
        yield f"  {', '.join(everybody)}: {', '.join(what)}"


def _message(message: Message, sender: str, to: str, telling: Telling) -> str:
    facts = dict(message.facts)
    operation = facts.pop("operation", message.endpoint)
    method, status = facts.pop("method", ""), facts.pop("status", "failed")
    words = [message.endpoint, *([operation] if operation != message.endpoint else []), method, status]
    words.append(">".join(_size(body, telling) for body in (message.request, message.response)))
    words += [f"{name}={value.replace(' ', '_')}" for name, value in facts.items() if (name, value) != ("http", "1.1")]
    implied = {("sender", sender), ("recipient", to)}
    parts = [" ".join(words)]
    for part, body in (("request", message.request), ("answer", message.response)):
        malformed = body.error is not None and telling.touched(message.endpoint, part)
        fields = iter(((UNTOLD, ""),)) if malformed else outermost(body, telling.untold, telling.hidden)
        parts.append(" ".join(f"{n}={_word(v)}" for n, v in fields if (n, v) not in implied))
    return " | ".join(parts).rstrip(" |")


def _word(value: str) -> str:
    """A value as one word on one line: what may be octets that nobody decodes has separators of all sorts in it."""
    plain = value.strip().replace(" ", "_")
    return _SEPARATOR.sub(lambda found: f"\\x{ord(found[0]):02x}", plain)


def _size(body: Body, telling: Telling) -> str:
    return UNTOLD if telling.sized_otherwise(body) else str(body.size)
