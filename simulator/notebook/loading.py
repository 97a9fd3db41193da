"""Traces that were kept by `mimi-sim run --trace`, as traffic to look at."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.drafts import registry
from simulator.errors import SimulatorError, hint
from simulator.notebook.arguments import File, checked
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import CALM, chip, page, table, text
from simulator.notebook.figures.summary import RESULTS
from simulator.notebook.traffic import Traffic
from simulator.printable import printable
from simulator.trace import Trace, read, read_all, tables

if TYPE_CHECKING:
    import polars


class Traffics(Mapping[str, Traffic]):
    """The traffic of several runs, by scenario: in the order of a result matrix, and as tables over all of them."""

    def __init__(self, traces: Iterable[Trace]) -> None:
        self.traces = tuple(traces)

    def __getitem__(self, scenario: str) -> Traffic:
        """By the scenario's id, or the end of it: `lost-answer`. Raises Refused."""
        found = self._find(scenario)
        with saying("looking for a trace"):
            if found is None:
                raise SimulatorError(f'there is none of "{scenario}"{hint(scenario, self)}')
        return Traffic(found)

    def __contains__(self, scenario: object) -> bool:
        return isinstance(scenario, str) and self._find(scenario) is not None

    def _find(self, scenario: str) -> Trace | None:
        ids = {trace.id: trace for trace in reversed(self.traces)}
        ends = (trace for known, trace in ids.items() if known.endswith(f"/{scenario}"))
        return ids.get(scenario) or next(ends, None)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(trace.id for trace in self.traces))

    def __len__(self) -> int:
        return len(set(iter(self)))

    @saying("looking at exchanges", needs="frames")
    def exchanges(self) -> "polars.DataFrame":
        """The HTTP exchanges of all runs, one a row, without bodies."""
        frame = tables.exchanges(self.traces)
        return frame.drop("request", "response", "request_fields", "response_fields")

    @saying("looking at events", needs="frames")
    def events(self) -> "polars.DataFrame":
        """Everything else of all runs, one event a row."""
        return tables.events(self.traces)

    def __repr__(self) -> str:
        return "\n".join(printable(f"{trace.result:<12}{trace.id}") for trace in self.traces)

    def _repr_html_(self) -> str:
        rows = [
            (
                chip(trace.result, RESULTS.get(trace.result, CALM)),
                text(trace.id),
                str(len(trace.exchanges)),
                f"{sum(len(each.request) + len(each.response) for each in trace.exchanges) / 1000:.1f} kB",
                f"{trace.end.seconds:.2f} s" if trace.end else "",
            )
            for trace in self.traces
        ]
        return page(table(("", "scenario", "requests", "in bodies", "took"), rows))


@checked("loading a trace")
def load(file: File, *, draft: File | None = None) -> Traffic:
    """The traffic in the file of one trace, as far as it has been written; `draft` is the path of the draft's package
    where that is not installed. Raises Refused.
    """
    with saying("loading a trace"):
        _know(draft)
        if Path(file).is_dir():
            raise SimulatorError(f"{file} is a folder: load_all() takes all traces in it")
        return Traffic(read(Path(file)))


@checked("loading traces")
def load_all(folder: File, *, draft: File | None = None) -> Traffics:
    """The traffic of all scenarios in the folder of a run; for `draft` see `load`. Raises Refused."""
    with saying("loading traces"):
        _know(draft)
        return Traffics(read_all(Path(folder)))


def _know(draft: Path | str | None) -> None:
    if draft is not None:
        registry.find(str(draft))
