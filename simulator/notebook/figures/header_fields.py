"""What headers say of tokens: a line for each that opens to its fields."""

from collections.abc import Sequence

from simulator.notebook.figures.markup import Display, page, table, text
from simulator.trace.tokens.fields import FieldMeaning
from simulator.trace.tree import shortened

_SHOWN = 200
"""How many characters of a value are shown."""


def with_header_fields(shown: Display, meanings: Sequence[FieldMeaning]) -> Display:
    """A display of a message, with what its headers say above what its body is."""
    if not meanings:
        return shown
    parts = [_opening(each) for each in meanings]
    lines = [f"{each.name}: {each.said}" for each in meanings]
    return Display(page("<h4>Headers</h4>", *parts) + shown.html, "\n".join([*lines, shown.words]))


def _opening(field: FieldMeaning) -> str:
    said = f'<span class="name">{text(field.name)}</span> {text(shortened(field.said, _SHOWN))}'
    rows = [(f"<code>{text(path)}</code>", f"<code>{_whole(value)}</code>") for path, value in field.values.items()]
    return f'<details><summary style="display:block">{said}</summary>{table(("", ""), rows)}</details>'


def _whole(value: str) -> str:
    return f'<span class="wrap">{text(shortened(value, _SHOWN))}</span>'
