"""The value of a header that belongs to tokens, field by field."""

from collections.abc import Iterator
from typing import Any

from simulator.printable import printable
from simulator.trace.tokens.fields import field_meanings

HEADERS = {name.lower(): name for name in ("WWW-Authenticate", "Authorization", "Signature-Input", "Mimi-Token-Holder")}
"""Their names as people write them, by those in lower case."""

_WIDTH = 28
_LONGEST = 200
"""Characters of a value that are shown."""


def header_lines(name: str, value: str) -> Iterator[str]:
    """A sentence, and below it a line for each field; that nothing is known of it where that is so."""
    found = header_values(name, value)
    if not found:
        yield f"{name}: nothing in it belongs to tokens"
    for each in found:
        yield printable(f"{name}: {each['said']}")
        for path, said in each["values"].items():
            short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
            yield f"  {printable(path):<{_WIDTH}} {printable(short)}"


def is_readable(name: str, value: str) -> bool:
    """Whether all challenges and tokens in it can be read; a value that has nothing to do with tokens is readable."""
    return all(each.readable for each in field_meanings(((name, value),), b"", {}))


def header_values(name: str, value: str) -> list[dict[str, Any]]:
    """The same as JSON's values, one for each challenge or token in it."""
    found = field_meanings(((name, value),), b"", {})
    return [{"name": each.name, "said": each.said, "values": dict(each.values)} for each in found]
