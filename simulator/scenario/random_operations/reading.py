"""Steps that are drawn while a scenario runs, read as the loader reads those of a file."""

import json
from collections.abc import Mapping
from typing import Any

from simulator.scenario.entry import Entry
from simulator.scenario.loading.pipeline import reader
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.tree import parse
from simulator.scenario.names import Kind
from simulator.scenario.running.context import Context
from simulator.scenario.schema import ScenarioFile

Item = Mapping[str, Any]
"""One step with all that is said about it, as in a scenario file."""

_FILE = "random operations"


class StepReader:
    """Reads one after the other; each may mention what those before it have made."""

    def __init__(self, context: Context) -> None:
        session = context.session
        self._problems = Problems(_FILE)
        self._reader = reader(self._problems, session.draft)
        providers: dict[str, Any] = {provider.name: {"users": {}} for provider in session.providers}
        for user in session.users:
            providers[user.at]["users"][user.name] = list(user.devices)
        topology = {"draft": session.draft.name, "providers": providers}
        self._reader.struct(self._node({"name": _FILE, "topology": topology, "steps": []}), ScenarioFile)
        self._problems.raise_if_any()
        for name, result in context.results.items():
            if isinstance(result, str):
                self._reader.names.define(Kind.group, name)

    def entry(self, item: Item) -> Entry:
        """Raises ScenarioFileError for what would be none in a file."""
        entry = self._reader.value(self._node(item), Entry)
        self._problems.raise_if_any()
        assert isinstance(entry, Entry)  # noqa: S101 (what is not has a problem)
        return entry

    def _node(self, data: Item) -> Any:
        return parse(json.dumps(data), self._problems)
