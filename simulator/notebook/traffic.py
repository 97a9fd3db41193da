"""Recorded traffic as one looks at it in a notebook: tables, a sequence diagram, messages byte by byte, plots."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.errors import SimulatorError, hint
from simulator.notebook.arguments import Rows, checked
from simulator.notebook.errors import saying
from simulator.notebook.figures import plots
from simulator.notebook.figures.header_fields import with_header_fields
from simulator.notebook.figures.markup import Display, page, text
from simulator.notebook.figures.plots import Plot
from simulator.notebook.figures.section_tables import section_tables
from simulator.notebook.figures.summary import summary
from simulator.notebook.wire import wire
from simulator.printable import printable
from simulator.trace import Connected, Dissection, Exchange, Part, Segment, Trace, tables
from simulator.trace.anonymity import Anonymity, anonymity, users_of
from simulator.trace.disclosures import acquaintance
from simulator.trace.drawing.diagram import diagram
from simulator.trace.drawing.pictures import Picture
from simulator.trace.report.sections import learned, of_tokens
from simulator.trace.tokens.accounts import token_accounts

if TYPE_CHECKING:
    import polars


_OF_BODIES = (
    *("request", "response", "request_fields", "response_fields"),
    *("request_header_fields", "response_header_fields"),
)
"""The columns that only some want."""


class Traffic:
    """One run, as it was recorded. Numbers are those of the trace, the same in tables, diagrams and `message`."""

    @checked("looking at traffic")
    def __init__(self, trace: Trace, *, opened: Iterable[Connected] | None = None) -> None:
        self.trace = trace
        self._opened = tuple(trace.of(Connected) if opened is None else opened)

    @checked("looking for steps")
    def during(self, *steps: int | str) -> "Traffic":
        """Only what happened in some steps: a number, or words of the step's label (`send`). Raises Refused."""
        with saying("looking for steps"):
            wanted = {step for each in steps for step in self._steps(each)}
        events = tuple(event for event in self.trace.events if event.step_number in wanted)
        part = replace(self.trace, events=events, challenges=self.trace.shown_challenges)
        return Traffic(part, opened=self._opened)

    @saying("looking at exchanges", needs="frames")
    @checked()
    def exchanges(self, *, bodies: bool = False) -> "polars.DataFrame":
        """The HTTP exchanges, one a row; `bodies` adds the bytes, and the decoded fields as JSON.

        What the columns mean is said in `simulator.trace.tables.EXCHANGES`.
        """
        frame = tables.exchanges((self.trace,))
        return frame if bodies else frame.drop(_OF_BODIES)

    @saying("looking at events", needs="frames")
    def events(self) -> "polars.DataFrame":
        """Everything else, one event a row: see `simulator.trace.tables.EVENTS`."""
        return tables.events((self.trace,))

    @saying("looking at fields", needs="frames")
    @checked()
    def fields(self, name: str) -> "polars.DataFrame":
        """Each field of this name (`epoch`) in any message, with its value and its size on the wire."""
        from simulator.extras import polars

        rows = [
            (exchange.number, exchange.step, exchange.endpoint, exchange.operation, part, node.path, node.type,
             node.text or node.value, node.length)
            for exchange, part, found in self._dissected()
            for node in found.root.walk()
            if node.name == name
        ]  # fmt: skip
        columns = ("number", "step", "endpoint", "operation", "part", "path", "type", "value", "bytes")
        whole = ("number", "bytes")
        schema = {column: polars.Int64 if column in whole else polars.String for column in columns}
        return polars.DataFrame(rows, schema=schema, orient="row")

    @saying("looking at connections", needs="frames")
    def connections(self) -> "polars.DataFrame":
        """The TLS connections: who opened them to whom, and all bytes that went over TCP, those of TLS and HTTP too.

        Bytes are only known where the run was recorded with them, as by `run` and `mimi-sim run --trace`. `during` some
        steps, they are those of these steps, also over connections that were there before.
        """
        from simulator.extras import polars

        sizes: Counter[tuple[int, bool]] = Counter()
        known = False
        for segment in self.trace.of(Segment):
            known = True
            sizes[segment.connection, segment.outward] += len(segment.data)
        rows = [
            (each.connection, each.sender, each.host, each.http_version, each.tls_version, each.cipher,
             1000 * each.seconds, *(sizes[each.connection, way] if known else None for way in (True, False)))
            for each in self._opened
        ]  # fmt: skip
        schema = {
            "connection": polars.Int64, "sender": polars.String, "host": polars.String, "http_version": polars.String,
            "tls_version": polars.String, "cipher": polars.String, "handshake_ms": polars.Float64,
            "bytes_out": polars.Int64, "bytes_in": polars.Int64,
        }  # fmt: skip
        return polars.DataFrame(rows, schema=schema, orient="row")

    @checked("drawing a diagram")
    def diagram(self, *, rows: Rows = 60) -> Picture:
        """Who said what to whom: a lane for each provider and client, faults and attacks marked."""
        return diagram(self.trace, rows)

    @checked("looking at a message")
    def message(self, exchange: Exchange | int, part: Part = "request") -> Display:
        """A request, or its answer with `"response"`: the bytes beside the struct that they are, below what headers say
        of tokens. Raises Refused.
        """
        with saying("looking at a message"):
            found = self._exchange(exchange)
        body = found.request if part == "request" else found.response
        said = self.trace.request(found) if part == "request" else self.trace.response(found)
        way = f"{found.sender} → {found.to}" if part == "request" else f"{found.to} → {found.sender}"
        title = f"{found.number} {found.endpoint} {part}, {way}, {len(body)} bytes"
        if said is None:
            why = "no body" if not body else f"{len(body)} bytes that nobody can decode: {body[:64].hex(' ')}"
            shown = Display(page(f"<h4>{text(title)}</h4>", f'<p class="dim">{text(why)}</p>'), f"{title}: {why}")
        else:
            shown = wire(said, body, title)
        return with_header_fields(shown, self.trace.fields(found, part))

    @checked("measuring anonymity")
    def anonymity(self, step: int | str, *seen_by: str) -> Anonymity:
        """How many users can have paid with a token in a step (a number, or words of its label), by all that the
        providers `seen_by` know together; and why not more or fewer. Raises Refused where nobody paid.
        """
        with saying("measuring anonymity"):
            number = next(self._steps(step))
            label = next(each.label for each in self.trace.steps if each.number == number)
            return anonymity(self.trace.exchanges, label, seen_by, users_of(self.trace.header))

    @checked("looking for who learned whom")
    def who_learned_whom(self) -> Display:
        """Users and providers: in each cell the exchange that first named the one to the other, by the bytes that the
        provider got. Numbers are for `message`.
        """
        found = acquaintance(self.trace)
        return section_tables(learned(found), "There are not two providers here.")

    @saying("looking for who learned whom", needs="frames")
    def disclosures(self) -> "polars.DataFrame":
        """The same as a frame: a row for each provider and user of another one that was named to it."""
        from simulator.extras import polars

        rows = [
            (each.provider, each.user, each.exchange.number, each.exchange.step, each.exchange.endpoint, each.part,
             each.name, each.sure)
            for each in acquaintance(self.trace).cells.values()
        ]  # fmt: skip
        schema = {
            "provider": polars.String, "user": polars.String, "number": polars.Int64, "step": polars.String,
            "endpoint": polars.String, "part": polars.String, "name": polars.String, "sure": polars.Boolean,
        }  # fmt: skip
        return polars.DataFrame(rows, schema=schema, orient="row")

    @checked("looking at tokens")
    def tokens(self) -> Display:
        """What became of tokens: keys, issued against budgets, redeemed and refused, challenges ignored."""
        return section_tables(of_tokens(token_accounts(self.trace.events)), "There are no tokens here.")

    @saying("plotting a timeline", needs="plots")
    def timeline(self) -> Plot:
        """Which request ran when, by who asked whom."""
        return plots.timeline(self.trace)

    @saying("plotting latency", needs="plots")
    def latency(self) -> Plot:
        """How long answers took, by endpoint."""
        return plots.latency(self.trace)

    @saying("plotting costs", needs="plots")
    @checked()
    def cost(self, by: str = "endpoint") -> Plot:
        """Bytes in bodies, by `endpoint`, `operation`, `step`, `sender`, `recipient` or `flow`. Raises Refused."""
        return plots.cost(self.trace, by)

    def _steps(self, wanted: int | str) -> Iterator[int]:
        steps = [(step.number, step.label) for step in self.trace.steps]
        found = [number for number, label in steps if wanted == number or (isinstance(wanted, str) and wanted in label)]
        if not found:
            known = [str(number) if isinstance(wanted, int) else label for number, label in steps]
            raise SimulatorError(f"there is no step {wanted!r}{hint(str(wanted), known)}")
        yield from found

    def _exchange(self, wanted: Exchange | int) -> Exchange:
        if isinstance(wanted, Exchange):
            return wanted
        found = next((each for each in self.trace.exchanges if each.number == wanted), None)
        if found is None:
            numbers = [each.number for each in self.trace.exchanges]
            near = min(numbers, key=lambda number: abs(number - wanted), default=None)
            there = "there are none" if near is None else f"the nearest is {near}"
            raise SimulatorError(f"number {wanted} is no exchange; {there}")
        return found

    def _dissected(self) -> Iterator[tuple[Exchange, Part, Dissection]]:
        for exchange in self.trace.exchanges:
            for part, found in (("request", self.trace.request(exchange)), ("response", self.trace.response(exchange))):
                if found is not None:
                    yield exchange, part, found  # type: ignore[misc]  # a literal in a tuple is taken for any text

    def __repr__(self) -> str:
        exchanges = self.trace.exchanges
        size = sum(len(each.request) + len(each.response) for each in exchanges)
        return (
            f"<traffic of {printable(self.trace.header.scenario)}: {len(exchanges)} exchanges, {size} bytes in bodies>"
        )

    def _repr_html_(self) -> str:
        return summary(self.trace)
