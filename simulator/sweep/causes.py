"""Why a run failed, in words that are the same for the same mistake, whoever was in it and however often."""

import re

from simulator.dataclass import dataclass
from simulator.scenario import ScenarioResult

_QUOTED = re.compile(r'"[^"]*"')
_NUMBER = re.compile(r"\b[0-9][0-9a-f]*\b")
_SEVERAL = re.compile(r"…(?:(?:,| and| or|/|\.) ?…)+")


@dataclass(frozen=True, slots=True)
class Cause:
    """The first failure of a run."""

    step: str
    """The keyword of the step; `setup` where none had begun."""
    what: str
    """What was expected or why it broke off, with names and numbers left out; or the simulator's own error."""

    def __str__(self) -> str:
        return f"{self.step}: {self.what}"


def cause(result: ScenarioResult) -> Cause | None:
    """Why a run failed; None if it did not."""
    if not result.failures:
        return None
    first = result.failures[0]
    number = next((number for number, step in enumerate(result.steps) if step is first), None)
    step = "setup" if number is None else result.scenario.steps[number].keyword
    if first.error is not None:
        return Cause(step, type(first.error).__name__)
    said = first.mismatches[0].expected if first.mismatches else first.message
    return Cause(step, _without_names(said, result))


def _without_names(text: str, result: ScenarioResult) -> str:
    names = {entry.name for entry in result.scenario.steps if entry.name is not None}
    for provider, content in result.scenario.topology.providers.items():
        names.add(provider)
        for user, clients in content.users.clients.items():
            names |= {user, *(f"{user}.{client}" for client in clients)}
    words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    if words:
        text = re.sub(rf"(?<![\w.])(?:{words})(?![\w])", "…", text)
    text = _SEVERAL.sub("…", _NUMBER.sub("…", _QUOTED.sub("…", text)))
    return "; ".join(dict.fromkeys(text.split("; ")))
