"""What was found out about several drafts, side by side: rules x drafts."""

from simulator.dataclass import dataclass
from simulator.scenario.ablation.rows import Ablation, Row
from simulator.scenario.ablation.subjects import Subject


@dataclass(frozen=True, slots=True)
class Line:
    """One rule, in every draft."""

    subject: Subject
    """As the first draft that has it says it."""
    cells: tuple[Row | None, ...]
    """By draft; None where it has no such rule."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of the drafts that have it."""
        return tuple(row for row in self.cells if row is not None)


@dataclass(frozen=True, slots=True)
class AblationTable:
    """What was found out, draft by draft."""

    drafts: tuple[Ablation, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """A line for each rule: first what the drafts demand themselves, then what they are built on."""
        found = [{row.subject.id: row for row in each.rows} for each in self.drafts]
        subjects: dict[str, Subject] = {}
        for row in (row for each in self.drafts for row in each.rows):
            subjects.setdefault(row.subject.id, row.subject)
        ordered = sorted(subjects.values(), key=lambda each: not each.is_own)
        return tuple(Line(each, tuple(rows.get(each.id) for rows in found)) for each in ordered)

    @property
    def holes(self) -> tuple[Row, ...]:
        """The rules that are neither noticed nor explained, in any draft."""
        return tuple(row for each in self.drafts for row in each.holes)
