"""How the rules of MLS are declared: by section and slug, which make the ID."""

from simulator.mls.errors import MLSError
from simulator.rules import Rule

RFC_9420 = "RFC 9420"
MLS_EXTENSIONS = "draft-ietf-mls-extensions"
OURS = "our own rule"
"""Where no document says it: what an application of MLS has to decide."""

_ABBREVIATED = {RFC_9420: "RFC9420", MLS_EXTENSIONS: "MLS-EXT", OURS: "MLS"}


def rule(
    error: type[MLSError], section: str, slug: str, text: str, *, source: str = RFC_9420, essential: str | None = None
) -> Rule:
    """The rule whose breach is this error: `expired` of 7.3 is RFC9420-7.3-EXPIRED.

    `text` is what it demands, on one line; `essential` is as in `Rule`. A check's words are the sentence for people.
    """
    where = f"{source} {section}".strip()
    name = "-".join(part for part in (_ABBREVIATED[source], section.replace(" ", "-"), slug.replace("_", "-")) if part)

    def broken(words: str) -> MLSError:
        return error(slug, where, words)

    return Rule(name.upper(), broken, essential=essential, text=text, source=source, section=section)
