"""How the rules of MLS are declared: by section and slug, which make the ID."""

from collections.abc import Callable
from typing import Any

from simulator.mls.errors import MLSError
from simulator.rules import Rule

RFC_9420 = "RFC 9420"
MLS_EXTENSIONS = "draft-ietf-mls-extensions"
OURS = "our own rule"
"""Where no document says it: what an application of MLS has to decide."""

_ABBREVIATED = {RFC_9420: "RFC9420", MLS_EXTENSIONS: "MLS-EXT", OURS: "MLS"}


def rule(
    error: type[MLSError],
    section: str,
    slug: str,
    text: str,
    *,
    part: str = "",
    source: str = RFC_9420,
    essential: str | None = None,
) -> Rule:
    """The rule whose breach is this error: `expired` of 7.3 is RFC9420-7.3-EXPIRED.

    `text` is what it demands, on one line; `part` and `essential` are as in `Rule`. A check's words are the sentence
    for people; it may name another `kind` of error.
    """
    where = f"{source} {section}".strip()

    def broken(words: str, *, kind: type[MLSError] = error) -> MLSError:
        return kind(slug, where, words)

    return Rule(_name(source, section, slug), broken, part, essential, text, source, section)


def of_another(
    error: Callable[[Any, Any], MLSError], slug: str, text: str, *, part: str = "", essential: str | None = None
) -> Rule:
    """The rule whose breach is WrongGroup or WrongEpoch: a check says what is `expected` and what it `got`."""

    def broken(_: str, *, expected: Any, got: Any) -> MLSError:
        return error(expected, got)

    return Rule(_name(RFC_9420, "6", slug), broken, part, essential, text, RFC_9420, "6")


def _name(source: str, section: str, slug: str) -> str:
    parts = (_ABBREVIATED[source], section.replace(" ", "-"), slug.replace("_", "-"))
    return "-".join(part for part in parts if part).upper()
