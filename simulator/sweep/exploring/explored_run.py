"""One run of an exploration, wherever its engine has it done."""

from typing import Any

from simulator.scenario.running.context import Drawn
from simulator.sweep.exploring.reached import reached
from simulator.sweep.one_run import RunRequest, measured
from simulator.trace import Recorder

FUNCTION = "simulator.sweep.exploring.explored_run:explored"


async def explored(request: RunRequest) -> dict[str, Any]:
    """As any run, with what it has reached, and what was drawn in it: step, operation, and the event before it."""
    recorder, drawn = Recorder(), list[Drawn]()
    found = await measured(request, recorder, drawn)
    said = [(each.step, dict(each.item), each.after) for each in drawn]
    return {**found, "reached": reached(recorder.events), "drawn": said}
