"""What a comparison plays: each scenario in each draft, as it is and without some rules."""

from collections.abc import Callable, Iterable, Sequence

from simulator.dataclass import dataclass
from simulator.scenario.comparison.table import Cell, Column, Comparison, columns, table
from simulator.scenario.loading.loader import Scenario


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines and columns of a comparison."""

    columns: tuple[Column, ...]
    cells: tuple[tuple[int, Scenario], ...]
    """Each scenario as it is in a draft, with the number of its column."""

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """What is to be played, in order: all but what is not for its draft."""
        return tuple(scenario for _, scenario in self.cells if not scenario.unsupported)

    def table(self, came: Iterable[Cell]) -> Comparison:
        """The comparison, of what came of the scenarios in their order."""
        found = iter(came)
        played = [
            (place, scenario, Cell(missing=scenario.unsupported) if scenario.unsupported else next(found))
            for place, scenario in self.cells
        ]
        return table(self.columns, played, [scenario for _, scenario in self.cells])


def plan(drafts: Sequence[str], waived: Sequence[str], scenarios_in: Callable[[str], Iterable[Scenario]]) -> Plan:
    """What is to be compared, see `columns`; `scenarios_in` has the scenarios that are for the draft of a name.
    Raises SimulatorError for what is not known.
    """
    found = columns(drafts, waived)
    cells = [
        (place, scenario.waiving(column.waived))
        for place, column in enumerate(found)
        for scenario in scenarios_in(column.draft)
    ]
    return Plan(found, tuple(cells))
