"""A data frame as a table for readers: no quotes, no types, nothing where nothing is, HTTP statuses in colour."""

import re
from typing import TYPE_CHECKING, Any

from simulator.errors import SimulatorError
from simulator.notebook.arguments import shown
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import BAD, GOOD, Display, chip, page, table, text
from simulator.trace.tree import shortened

if TYPE_CHECKING:
    import polars

_STATUS = re.compile(r"[1-5]\d\d( \w+)?")


@saying("listing")
def listing(frame: "polars.DataFrame") -> Display:
    """All of a frame's rows. Numbers of three digits in a column `status` or `answer` are HTTP statuses. Raises Refused
    for what is no data frame.
    """
    if not hasattr(frame, "to_dicts"):
        raise SimulatorError(f"expected a data frame, not {shown(frame)}")
    rows = [tuple(_cell(name, value) for name, value in row.items()) for row in frame.to_dicts()]
    plain = [
        ["" if value is None else shortened(str(value)) for value in row] for row in (frame.columns, *frame.rows())
    ]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    lines = ["  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)) for row in plain]
    return Display(page(table(tuple(frame.columns), rows)), "\n".join(line.rstrip() for line in lines))


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in ("status", "answer") and _STATUS.fullmatch(str(value)):
        return chip(value, GOOD if str(value) < "400" else BAD)
    return text(shortened(str(value)))
