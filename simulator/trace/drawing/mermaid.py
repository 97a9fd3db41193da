"""Text in Mermaid's sequence diagrams: whatever it says, it means only itself (mermaid.js.org, Sequence diagrams)."""

import re

from simulator.printable import printable

LONGEST = 400
"""How many characters of a text are drawn: Mermaid gives a whole diagram 50,000."""

_ESCAPED = str.maketrans({each: f"#{ord(each)};" for each in ";#<>&%$\\\N{LATIN SMALL LIGATURE FL}\N{PILCROW SIGN}"})
"""Ends of statements, comments, HTML, entities, directives, formulas and line breaks; and the two characters with which
Mermaid marks entities within itself.
"""

_WRAP = re.compile(r"^(:?(?:no)?wrap):", re.IGNORECASE)
"""At the beginning of a text, whether its lines are to be broken."""

_STYLE = re.compile("s(?=tyle)|c(?=lassDef)")
"""Words behind which Mermaid takes the last semicolon of a line away, which may be that of an entity."""

NOTHING = "#160;"
"""A text that has to be there, and isn't."""


def label(text: str) -> str:
    """What can stand in a message, a note, a title or behind `as`, in one line."""
    plain = printable(" ".join(text.split()), LONGEST).translate(_ESCAPED)
    plain = _WRAP.sub(r"\1#58;", plain)
    return _STYLE.sub(lambda found: f"#{ord(found[0])};", plain) or NOTHING


def box(title: str) -> str:
    """The beginning of a box. Its first word is its colour if it is one: so there is always one, which is none."""
    return f"box transparent {label(title)}"
