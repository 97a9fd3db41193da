"""The table: attacks x drafts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.scenario.comparison.attacks import Attack, End
from simulator.scenario.comparison.judging import worst
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.loading.variants import choice_suffix
from simulator.scenario.rule_names import check_all_waivable, rules_named


@dataclass(frozen=True, slots=True)
class Column:
    """A draft, perhaps without some of its rules."""

    draft: str
    waived: tuple[str, ...] = ()
    """The IDs of the rules that nobody keeps."""

    @property
    def name(self) -> str:
        """What stands above it."""
        return f"{self.draft} without {', '.join(self.waived)}" if self.waived else self.draft


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of a scenario's attacks in a draft."""

    attacks: tuple[Attack, ...] = ()
    """In their order."""
    missing: str = ""
    """Why there is nothing else to say: the scenario is not for this draft, or can't be played in it."""
    drawn: str = field(default="", compare=False, repr=False)
    """A sequence diagram from the first attack on, as SVG."""

    @property
    def decisive(self) -> Attack | None:
        """The attack that ends worst."""
        return worst(self.attacks)

    @property
    def end(self) -> End:
        """How that ends."""
        return End.unsupported if self.decisive is None else self.decisive.end

    @property
    def why(self) -> str:
        """In a sentence."""
        return self.missing if self.decisive is None else self.decisive.why

    @property
    def counted(self) -> Mapping[End, int]:
        """How many attacks end how."""
        return {end: count for end in End if (count := sum(each.end is end for each in self.attacks))}


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario with attacks."""

    id: str
    """Its path without suffix, and what was chosen of its matrix, without the draft."""
    name: str
    file: str
    cells: tuple[Cell, ...]
    """By column."""

    @property
    def differs(self) -> bool:
        """Whether it ends otherwise in one draft than in another that has it."""
        return len({cell.end for cell in self.cells if cell.end is not End.unsupported}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows, the ids in the order in which scenarios were given."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def count(self, column: int, end: End) -> int:
        """How many scenarios of a column end so."""
        return sum(row.cells[column].end is end for row in self.rows)

    @property
    def summary(self) -> tuple[str, ...]:
        """A line for each column; one alone where there is nothing to compare."""
        if not self.rows:
            return ("nobody attacks in these scenarios, as far as they are run",)
        return tuple(
            f"{column.name}: " + ", ".join(f"{self.count(place, end)} {_WORDS[end]}" for end in reversed(End))
            for place, column in enumerate(self.columns)
        )


_WORDS = {End.succeeds: "succeed", End.visible: "visible", End.blocked: "blocked", End.unsupported: "unsupported"}


def columns(drafts: Sequence[str], waived: Sequence[str] = ()) -> tuple[Column, ...]:
    """The drafts by name or path, all that there are where none is said; behind each the same draft without the
    `waived` rules (IDs) that it has. Raises SimulatorError for what is not known.
    """
    spoken = [registry.find(each) for each in dict.fromkeys(drafts)] or list(registry.known())
    rules = check_all_waivable(waived, *spoken)
    found: list[Column] = []
    for draft in spoken:
        own = tuple(each for each in rules if rules_named(each, draft))
        found += [Column(draft.name), *([Column(draft.name, own)] if own else [])]
    return tuple(found)


def key(scenario: Scenario) -> tuple[str, str]:
    """What a scenario has in common with itself in another draft: its file, and what else was chosen of its matrix."""
    return scenario.file, choice_suffix({name: value for name, value in scenario.choice.items() if name != "draft"})


def table(
    columns: Sequence[Column], played: Iterable[tuple[int, Scenario, Cell]], order: Sequence[Scenario]
) -> Comparison:
    """The table of what was played: by the column's number, the scenario, and what came of it. Rows are in `order`;
    those without any attack are left out.
    """
    cells = {(key(scenario), column): cell for column, scenario, cell in played}
    first: dict[tuple[str, str], Scenario] = {}
    for scenario in order:
        first.setdefault(key(scenario), scenario)
    rows = []
    for name, scenario in first.items():
        found = tuple(cells.get((name, place), _not_for(scenario, each)) for place, each in enumerate(columns))
        if any(cell.attacks for cell in found):
            file = name[0].removesuffix(".yaml").removesuffix(".yml")
            rows.append(Row(f"{file}{name[1]}", scenario.content.name, scenario.file, found))
    return Comparison(tuple(columns), tuple(rows))


def _not_for(scenario: Scenario, column: Column) -> Cell:
    """A cell of a scenario that is for other drafts."""
    drafts, draft = scenario.content.drafts, registry.named(column.draft)
    lacks = (entry.lacking(draft) for entry in scenario.steps)
    why = next((each for each in lacks if each is not None), None)
    said = f"the file is for {' and '.join(drafts)} only" if drafts else "it is about requests that the draft has not"
    return Cell(missing=why or f"{column.draft}: {said}")
