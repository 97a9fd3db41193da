"""Two runs beside each other: what differs, in the protocol's terms."""

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from simulator.dataclass import dataclass
from simulator.notebook.arguments import File, Rows, checked
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import BAD, GOOD, chip, page, table, text
from simulator.notebook.loading import Traffics
from simulator.notebook.running import Run
from simulator.notebook.traffic import Traffic
from simulator.printable import printable_lines
from simulator.trace import Trace, read_all
from simulator.trace.comparing.causes import Cause
from simulator.trace.comparing.change import Change
from simulator.trace.comparing.diff import diff
from simulator.trace.comparing.diff_text import conclusion, counted, described, explained, subject, where
from simulator.trace.comparing.diff_text import text as lines
from simulator.trace.comparing.findings import Findings
from simulator.trace.comparing.layouts import LayoutFinding

if TYPE_CHECKING:
    import polars

Comparable: TypeAlias = Run | Traffic | Traffics | Trace | File
"""What can be compared: one run or several, from this notebook or from a file or folder of `run --trace`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two runs. Times, ports and the order between different pairs of providers are none."""

    findings: Findings
    rows: int = 20
    """How many lines are shown, one for all differences that are alike; `frame` has all."""

    @property
    def same(self) -> bool:
        """Whether there are none."""
        return not self.findings

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the layout does not explain, each difference at its place."""
        return self.findings.changes

    @property
    def layout(self) -> tuple[str, ...]:
        """What has changed in the protocol's words: structs, fields, endpoints, checks; then which rules refuse."""
        return tuple(self.findings.sentences())

    def __len__(self) -> int:
        return len(self.changes)

    @checked("showing differences")
    def show(self, rows: Rows) -> "Comparison":
        """The same, showing more lines, or fewer."""
        return Comparison(self.findings, rows)

    def only(self, **wanted: str) -> "Comparison":
        """Those differences whose parts (`step`, `where`, `message`, `struct`, `field`) have these words in them."""
        kept = (each for each in self.changes if all(word in getattr(each, part) for part, word in wanted.items()))
        return Comparison(replace(self.findings, changes=tuple(kept)), self.rows)

    @saying("looking at differences", needs="frames")
    def frame(self) -> "polars.DataFrame":
        """One difference a row: scenario, step, where, message, struct, field, old, new."""
        from simulator.extras import polars

        names = [field.name for field in fields(Change)]
        rows = [tuple(getattr(change, name) for name in names) for change in self.changes]
        return polars.DataFrame(rows, schema=dict.fromkeys(names, polars.String), orient="row")

    def __repr__(self) -> str:
        return printable_lines(lines(self.findings))

    def _repr_html_(self) -> str:
        if self.same:
            return page(f"<p>{chip('no difference', GOOD)}</p>")
        alone = self.findings.scenarios == 1
        folded = [_row(cause, alone=alone) for cause in self.findings.causes]
        more = len(folded) - self.rows
        rest = f'<p class="dim">… and {more} more lines: show({len(folded)}), or frame()</p>' if more > 0 else ""
        sentences = "".join((*map(_sentence, self.findings.layout), *map(_bold, self.findings.verdicts)))
        return page(
            f"<h4>{text(conclusion(self.findings))}</h4>",
            f"<ul>{sentences}</ul>" if sentences else "",
            table(("what", "before", "after", "where"), folded[: self.rows]) if folded else "",
            rest,
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
    return read_all(Path(side))


def _sentence(finding: LayoutFinding) -> str:
    """A change of the layout, and in what it shows."""
    shows = f'<br><span class="dim">{text(explained(finding))}</span>' if finding.messages else ""
    return _bold(finding.sentence, shows)


def _bold(sentence: object, more: str = "") -> str:
    return f"<li><b>{text(str(sentence))}</b>{more}</li>"


def _row(cause: Cause, *, alone: bool) -> tuple[str, str, str, str]:
    """A line for all differences that are alike; a scenario that is `alone` need not be named in each."""
    first = cause.first
    place = first.place if alone and first.place else where(first)
    often = f' <span class="dim">{text(counted(cause))}</span>' if len(cause.changes) > 1 else ""
    if first.is_random:
        return text(described(cause)), "", "", text(place) + often
    name = f"{cause.message} {subject(first)}".strip()
    return _name(name), _side(first.old, BAD), _side(first.new, GOOD), text(place) + often


def _name(what: str) -> str:
    """A path that is broken behind a dot, if it has to be."""
    return f"<code>{text(what).replace('.', '.<wbr>')}</code>"


def _side(value: str, colour: str) -> str:
    return f'<code class="wrap" style="background:{colour}">{text(value)}</code>' if value else ""
