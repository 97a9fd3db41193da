"""The scenario language in cells: steps as in a scenario file, with the names that earlier cells gave."""

from collections.abc import Iterable
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.federation import Session
from simulator.scenario.entry import Entry
from simulator.scenario.loading.conversion import INVALID
from simulator.scenario.loading.nodes import items
from simulator.scenario.loading.pipeline import reader
from simulator.scenario.loading.problems import Problems, Span
from simulator.scenario.loading.substitution import Substitution
from simulator.scenario.loading.tree import parse
from simulator.scenario.names import Kind, Names
from simulator.scenario.running.context import Context
from simulator.scenario.running.step_run import Verdict, run_entry


class _Names(Names):
    """What names mean at the beginning of a cell. A cell may be run again: then its names mean the later things."""

    def __init__(self, draft: Draft, earlier: Iterable[tuple[Kind, str]]) -> None:
        super().__init__(draft)
        self._earlier: set[tuple[Kind, str]] = set()
        for kind, name in earlier:
            self.define(kind, name)
            self._earlier.add((kind, name))

    def define(self, kind: Kind, name: str, place: Span | None = None) -> str | None:
        """As ever, but for names from before the cell."""
        if (kind, name) in self._earlier and place is not None:
            self._earlier.remove((kind, name))
            self._places[kind, name] = place
            return None
        return super().define(kind, name, place)


@dataclass(frozen=True, slots=True)
class CellSteps:
    """The names that stand for something in one session, and what they stand for."""

    context: Context
    kinds: dict[str, Kind] = field(default_factory=dict)

    def name(self, name: str, kind: Kind, value: object) -> None:
        """Let a name mean something from here on; it may have meant something else."""
        self.context.name(name, value)
        self.kinds[name] = kind

    def named(self, kind: Kind) -> dict[str, str]:
        """The names of all things of a kind, by the things."""
        return {self.context.result(name, str): name for name, each in self.kinds.items() if each is kind}

    def read(self, text: str) -> tuple[Entry, ...]:
        """The steps in a text: one, or a list. Raises ScenarioFileError with all that is wrong with it."""
        problems = Problems("cell", text)
        node = parse(text, problems)
        draft = self.context.session.draft
        reads = reader(problems, draft)
        reads.names = _Names(draft, self._known(self.context.session))
        entries = () if node is None else tuple(items(Substitution({}, problems).node(node)))
        found = [reads.value(entry, Entry) for entry in entries]
        problems.raise_if_any()
        return tuple(entry for entry in found if entry is not INVALID)

    async def run(self, entry: Entry) -> Verdict:
        """Do one step and check what it expects. Raises as the step does, and Failed."""
        self.context.listen()
        verdict = await run_entry(entry, self.context)
        if entry.name is not None:
            self.kinds[entry.name] = entry.step.produces or Kind.step
        return verdict

    def _known(self, session: Session) -> list[tuple[Kind, str]]:
        found = [(Kind.provider, peer.name) for peer in session.peers]
        for user in session.users:
            found += [(Kind.user, user.name), (Kind.client, user.name)]
            found += [(Kind.client, f"{user.name}.{device}") for device in user.devices]
        found += [(kind, name) for name, kind in self.kinds.items()]
        return found + [(Kind.step, name) for name, kind in self.kinds.items() if kind is not Kind.step]
