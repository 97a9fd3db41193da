"""What becomes of attacks in several drafts, in a cell."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.errors import SimulatorError, hint
from simulator.notebook.arguments import File, RuleIDs, checked
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import page, table, text
from simulator.notebook.live.background import Background
from simulator.notebook.running import nothing, scenarios_in
from simulator.printable import printable
from simulator.scenario import NullObserver, Result, Scenario
from simulator.scenario.comparison import Attack, Cell, Column, Comparison, End, Row, plan, play
from simulator.scenario.comparison.documents import in_short
from simulator.trace.drawing.pictures import Picture

if TYPE_CHECKING:
    import polars

_GROUNDS = {
    End.succeeds: "rgba(214,48,49,.28)",
    End.visible: "rgba(225,160,20,.25)",
    End.blocked: "rgba(16,150,95,.22)",
    End.unsupported: "rgba(127,127,127,.15)",
}
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Attacks:
    """Attacks x drafts: what was blocked, what was visible, what succeeded, what a draft has nothing of."""

    comparison: Comparison

    @property
    def differing(self) -> "Attacks":
        """Only the scenarios that end otherwise in one draft than in another."""
        found = self.comparison
        return Attacks(Comparison(found.columns, tuple(row for row in found.rows if row.differs)))

    @saying("looking at attacks", needs="frames")
    def frame(self) -> "polars.DataFrame":
        """One attack in one draft a row: scenario, draft, step, end, why, rules, answers, noticed_by."""
        from simulator.extras import polars

        names = ("scenario", "draft", "step", "end", "why", "rules", "answers", "noticed_by")
        rows = [
            (row.id, column.name, each.label, each.end.value, each.why, *_lists(each))
            for row in self.comparison.rows
            for column, cell in zip(self.comparison.columns, row.cells, strict=True)
            for each in cell.attacks
        ]
        return polars.DataFrame(rows, schema=dict.fromkeys(names, polars.String), orient="row")

    @checked("drawing an attack")
    def diagram(self, scenario: str, draft: str) -> Picture:
        """The sequence diagram of one cell, from the first attack on; `scenario` is its id or the end of it. Raises
        Refused where there is none.
        """
        with saying("drawing an attack"):
            row = self._row(scenario)
            names = [column.name for column in self.comparison.columns]
            if draft not in names:
                raise SimulatorError(f'nothing was played in "{draft}"{hint(draft, names)}; known: {", ".join(names)}')
            cell = row.cells[names.index(draft)]
            if not cell.drawn:
                raise SimulatorError(f"there is nothing to draw: {cell.why}")
        return Picture(cell.drawn, "\n".join(f"{each.label}: {each.end.value} {each.why}" for each in cell.attacks))

    def _row(self, scenario: str) -> Row:
        for row in self.comparison.rows:
            if row.id == scenario or row.id.endswith(f"/{scenario}"):
                return row
        ids = [row.id for row in self.comparison.rows]
        raise SimulatorError(f'no scenario with attacks is called "{scenario}"{hint(scenario, ids)}')

    def __repr__(self) -> str:
        lines = (
            f"{row.name}: " + "; ".join(f"{column.name} {_words(cell)}" for column, cell in self._cells(row))
            for row in self.comparison.rows
        )
        return "\n".join(map(printable, lines))

    def _repr_html_(self) -> str:
        names = (column.name for column in self.comparison.columns)
        rows = [(text(row.name), *(_ground(cell) for _, cell in self._cells(row))) for row in self.comparison.rows]
        return page(table(("", *names), rows))

    def _cells(self, row: Row) -> Iterable[tuple[Column, Cell]]:
        return zip(self.comparison.columns, row.cells, strict=True)


@checked("comparing attacks")
def attacks(*scenarios: File, drafts: RuleIDs = (), waive: RuleIDs = ()) -> Attacks:
    """Play the attacks of scenario files and folders (looked for here and in the folders above) in several drafts, all
    that there are if none is said; `drafts` are names, or paths of packages that are not installed. `waive` are the IDs
    of rules: each draft that has one stands beside itself without it.

    What a file expects does not count. Raises Refused for files and names that are none.
    """
    with saying("reading the scenarios"):
        spoken, waived = ((each,) if isinstance(each, str) else tuple(map(str, each)) for each in (drafts, waive))
        wanted = plan(spoken, waived, partial(_scenarios_in, scenarios))
    background = Background(nothing)
    background.start()
    try:
        return Attacks(wanted.table([_played(background, each) for each in wanted.scenarios]))
    finally:
        background.stop()


def _scenarios_in(paths: Iterable[File], draft: str) -> Iterable[Scenario]:
    """Those of files and folders that are for a draft. Raises ScenarioFileError."""
    return (scenario for path in paths for scenario in scenarios_in(path, registry.named(draft)))


def _played(background: Background[None], scenario: Scenario) -> Cell:
    found = background.call(lambda _: play(scenario, None, NullObserver()))
    for step in found.result.failures:
        if step.result is Result.fault and step.error is not None:
            raise step.error
    return Cell(found.attacks, drawn=found.drawn)


def _lists(attack: Attack) -> tuple[str, ...]:
    return tuple(", ".join(each) for each in (attack.rules, attack.answers, attack.noticed_by))


def _words(cell: Cell) -> str:
    return f"{cell.end.value} ({in_short(cell)})"


def _ground(cell: Cell) -> str:
    said = f'<b>{text(cell.end.value)}</b> <span class="dim">{text(printable(in_short(cell), _LONGEST))}</span>'
    return f'<div style="background:{_GROUNDS[cell.end]};padding:2px 6px;border-radius:4px">{said}</div>'
