"""The columns of a sweep's table: a row a run."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.scenario.loading.substitution import Plain
from simulator.sweep.plan import Plan
from simulator.sweep.settings import DRAFT, SCENARIO, WAIVED

if TYPE_CHECKING:
    import polars

Sort = Literal["text", "whole", "number", "truth"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the sort of its values and what it means."""

    name: str
    sort: Sort
    meaning: str
    varies: bool = False
    """Whether two runs with one seed may differ in it."""
    is_axis: bool = False
    """Whether runs with another value are another setting."""


KEY = Column("key", "text", "the run's name: it follows from its axes")
VERDICT = Column("verdict", "text", "`passed`, `failed`, `fault` (the simulator or its machine broke), `unsupported`, "
                 "`skipped`")  # fmt: skip
DRAFT_COLUMN = Column(DRAFT, "text", "the draft that was spoken", is_axis=True)
FIRST = (
    Column(SCENARIO, "text", "the scenario's id, without what was chosen of its matrix", is_axis=True),
    DRAFT_COLUMN,
)
LAST = (
    Column(WAIVED, "text", "the rule that nobody kept; `none` where all were kept", is_axis=True),
    Column("seed", "whole", "all randomness follows from it"),
    Column("repetition", "whole", "which of several with the same seed, from 1"),
)
MEASURES = (
    VERDICT,
    Column("requests", "whole", "HTTPS requests between providers"),
    Column("bytes", "whole", "in the bodies of requests and answers"),
    Column("last_requests", "whole", "requests in the scenario's last step"),
    Column("last_bytes", "whole", "in the bodies of these and of their answers"),
    Column("failed_requests", "whole", "requests that got no answer"),
    Column("refusals", "whole", "requests that were refused"),
    Column("deliveries", "whole", "application messages that clients have read"),
    Column("events", "whole", "all events of the record"),
)
SIMULATED = (
    Column("simulated_seconds", "number", "simulated time that the network has taken, and that steps let pass"),
    Column("last_simulated_seconds", "number", "of these, what the scenario's last step took until all was still"),
)
"""Only where a scenario has a `network`."""
FAILURE = (
    Column("message", "text", "how it failed first, or why it was left out"),
    Column("cause", "text", "why it failed, in words that are the same for the same mistake"),
    Column("failed_step", "text", "the step that failed first"),
    Column("failed_line", "whole", "the line of what was not so"),
    Column("failed_file", "text", "the file that the line is in"),
    Column("failed_expectation", "text", "the keyword of what was expected; empty where the step itself failed"),
    Column("failed_rules", "text", "the IDs of the rules and requirements at stake, the surest first"),
)
COSTS = (
    Column("run_seconds", "number", "real time, from starting the providers to their end", varies=True),
    Column("seconds", "number", "real time with all around it", varies=True),
    Column("cpu_seconds", "number", "processor time of the process that did it", varies=True),
    Column("memory", "whole", "the most bytes that this process had in memory meanwhile", varies=True),
    Column("ended", "number", "when its result came, in Unix seconds", varies=True),
    Column("attempts", "whole", "how often it began: again where a worker died", varies=True),
)
REACHED = Column("reached", "text", "what the run was the first to reach")
REPEAT = Column("repeat", "text", "the command that does it again")


def columns(plan: Plan) -> tuple[Column, ...]:
    """Those of an experiment. Raises SimulatorError for a parameter or a value that is called as another column."""
    own = [name for name in plan.settings.axes if name not in (SCENARIO, DRAFT, WAIVED)]
    parameters = [
        Column(
            name,
            _sort(each.axes[name] for each in plan.settings.found if name in each.axes),
            "a parameter",
            is_axis=True,
        )
        for name in own
    ]
    values = [Column(name, "whole", "as the experiment says") for name in plan.experiment.values]
    values += [REACHED] if plan.experiment.explore else []
    has_network = any(each.scenario.content.network is not None for each in plan.settings.found)
    simulated = SIMULATED if has_network else ()
    found = (KEY, *FIRST, *parameters, *LAST, *MEASURES, *simulated, *values, *FAILURE, *COSTS, REPEAT)
    names = [each.name for each in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SimulatorError(f'two columns would be called "{twice}": give the parameter or value another name')
    return found


def _sort(values: Iterable[Plain]) -> Sort:
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return "truth"
    if kinds == {int}:
        return "whole"
    return "number" if kinds <= {int, float} else "text"


def axis_names(found: Iterable[Column]) -> tuple[str, ...]:
    """The columns that make a setting, in order: all axes but those of which a setting has several runs, such as the
    seed. The first two name it for people.
    """
    return tuple(each.name for each in found if each.is_axis)


def frame(rows: Iterable[Mapping[str, Any]], found: Iterable[Column]) -> "polars.DataFrame":
    """Rows as a data frame."""
    from simulator.extras import polars

    sorts: dict[Sort, Any] = {
        "text": polars.String,
        "whole": polars.Int64,
        "number": polars.Float64,
        "truth": polars.Boolean,
    }
    whole = tuple(found)
    made = [{each.name: _of(each, row.get(each.name)) for each in whole} for row in rows]
    return polars.DataFrame(made, schema={each.name: sorts[each.sort] for each in whole}, orient="row")


def _of(column: Column, value: Any) -> Any:
    if value is None or column.sort != "text" or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
