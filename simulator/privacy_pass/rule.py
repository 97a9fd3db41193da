"""How the rules of Privacy Pass are declared: by the IDs of the profile."""

from simulator.privacy_pass.errors import PrivacyPassError
from simulator.rules import Rule

RFC_9421 = "RFC 9421"
RFC_9474 = "RFC 9474"
RFC_9577 = "RFC 9577"
RFC_9578 = "RFC 9578"
OURS = "our own rule"
"""Where the RFCs leave a choice."""


def rule(
    error: type[PrivacyPassError],
    number: str,
    slug: str,
    text: str,
    *,
    source: str = RFC_9577,
    section: str = "",
    part: str = "",
    essential: str | None = None,
) -> Rule:
    """The rule whose breach is this error: `CHALLENGE-3` is PP-CHALLENGE-3.

    `text` is what it demands, on one line; `part` and `essential` are as in `Rule`. A check's words are the sentence
    for people.
    """

    def broken(words: str) -> PrivacyPassError:
        return error(slug, f"{source} {section}".strip(), words)

    return Rule(f"PP-{number}", broken, part, essential, text, source, section)
