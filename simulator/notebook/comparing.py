"""Two runs beside each other: what differs, in the protocol's terms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from simulator.drafts.dissection import dissector
from simulator.notebook.arguments import File, Rows, checked
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import BAD, CALM, GOOD, chip, page, table, text
from simulator.notebook.loading import Traffics
from simulator.notebook.running import Run
from simulator.notebook.traffic import Traffic
from simulator.printable import printable_lines
from simulator.trace import Trace, read_all
from simulator.trace.comparing.diff import Change, diff
from simulator.trace.comparing.diff_views import subject
from simulator.trace.comparing.diff_views import text as lines

if TYPE_CHECKING:
    import polars

Comparable: TypeAlias = Run | Traffic | Traffics | Trace | File
"""What can be compared: one run or several, from this notebook or from a file or folder of `run --trace`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two runs. Times, ports and the order between different pairs of providers are none."""

    changes: tuple[Change, ...]
    rows: int = 20
    """How many lines are shown, one for all differences that are alike; `frame` has all."""

    @property
    def same(self) -> bool:
        """Whether there are none."""
        return not self.changes

    def __len__(self) -> int:
        return len(self.changes)

    @checked("showing differences")
    def show(self, rows: Rows) -> "Comparison":
        """The same, showing more lines, or fewer."""
        return Comparison(self.changes, rows)

    def only(self, **wanted: str) -> "Comparison":
        """Those differences whose parts (`step`, `where`, `message`, `struct`, `field`) have these words in them."""
        kept = (each for each in self.changes if all(word in getattr(each, part) for part, word in wanted.items()))
        return Comparison(tuple(kept), self.rows)

    @saying("looking at differences", needs="frames")
    def frame(self) -> "polars.DataFrame":
        """One difference a row: scenario, step, where, message, struct, field, old, new."""
        from simulator.extras import polars

        names = [field.name for field in fields(Change)]
        rows = [tuple(getattr(change, name) for name in names) for change in self.changes]
        return polars.DataFrame(rows, schema=dict.fromkeys(names, polars.String), orient="row")

    def __repr__(self) -> str:
        return printable_lines(lines(self.changes))

    def _repr_html_(self) -> str:
        if self.same:
            return page(f"<p>{chip('no difference', GOOD)}</p>")
        noun = "difference" if len(self) == 1 else "differences"
        folded = list(_folded(self.changes))
        more = len(folded) - self.rows
        rest = f'<p class="dim">… and {more} more lines: show({len(folded)}), or frame()</p>' if more > 0 else ""
        return page(
            f"<h4>{len(self)} {noun}</h4>", table(("what", "before", "after", "where"), folded[: self.rows]), rest
        )


@checked("comparing")
def compare(old: Comparable, new: Comparable) -> Comparison:
    """What the new run does otherwise than the old one. Raises Refused where a file or folder has no traces."""
    with saying("comparing"):
        return Comparison(diff(_traces(old), _traces(new)))


def _traces(side: Comparable) -> Iterable[Trace]:
    match side:
        case Run():
            return (side.traffic.trace,)
        case Traffic():
            return (side.trace,)
        case Traffics():
            return side.traces
        case Trace():
            return (side,)
    return read_all(Path(side), dissector)


def _folded(changes: Sequence[Change]) -> Iterator[tuple[str, ...]]:
    """A line for all differences that are alike, in the order in which they come first; a place stands there once."""
    alike: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        alike.setdefault((subject(change), change.old, change.new), []).append(change)
    above = ""
    for (what, old, new), found in alike.items():
        place = found[0].place or found[0].scenario
        more = f' <span class="dim">and {len(found) - 1} more</span>' if len(found) > 1 else ""
        colour = CALM if found[0].field == "bytes" else GOOD
        where = text(place) if place != above else '<span class="dim">the same</span>'
        yield _name(what), _side(old, BAD), _side(new, colour), where + more
        above = place


def _name(what: str) -> str:
    """A path that is broken behind a dot, if it has to be."""
    return f"<code>{text(what).replace('.', '.<wbr>')}</code>"


def _side(value: str, colour: str) -> str:
    return f'<code class="wrap" style="background:{colour}">{text(value)}</code>' if value else ""
