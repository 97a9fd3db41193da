"""The shape of an experiment file: which scenarios are run, with what, how often and until when.

experiment: What a message costs
scenarios: ../fanout/many-providers.yaml
drafts: [my-draft-01, my-draft-02]
parameters: {providers: [3, 6, 12]}
seeds: 1..20
values:
  fan_out: {requests: {endpoint: fan_out}}
stop: {failures: 10}
"""

from typing import Annotated

import msgspec

from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.scenario.names import Checked, DraftRef
from simulator.scenario.rule_names import check_known
from simulator.scenario.scalars import Title
from simulator.sweep.axes import Axes
from simulator.sweep.scenario_paths import ScenarioPaths
from simulator.sweep.seeds import Seeds
from simulator.sweep.values import Value

NONE = "none"
"""In `waive`: every rule is kept."""
EACH = "each"
"""In `waive`: every rule of the draft that can be, one at a time."""


def _waived(word: str) -> None:
    """Raises SimulatorError for what is no rule's ID, nor `none` or `each`."""
    if word not in (NONE, EACH):
        check_known(word, registry.usual()[0])


class Stop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="stop"):
    """When a sweep ends, or a setting of it, before all has been run."""

    failures: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """The sweep ends when so many runs have failed."""
    interval: Annotated[float, msgspec.Meta(gt=0, lt=1)] | None = None
    """A setting (all axes but seed and repetition) gets no more runs when the confidence interval on its rate of
    failures is narrower than this."""
    confidence: Annotated[float, msgspec.Meta(gt=0.5, lt=1)] = 0.95
    """How sure that interval is."""

    def __post_init__(self) -> None:
        """Raises SimulatorError."""
        if self.failures is None and self.interval is None:
            raise SimulatorError('say when: "failures", or "interval"')


class Experiment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="experiment"):
    """An experiment: the runs are the product of its axes."""

    experiment: Title
    """What it finds out, in one line."""
    scenarios: ScenarioPaths
    """The paths of scenario files and folders, from this file on."""
    description: str = ""
    """What is asked, and how one reads the answer."""
    drafts: tuple[DraftRef, ...] = ()
    """The drafts in which each is run, where it is for them; those that it says itself if none is named."""
    seeds: Seeds = Seeds()
    """`7`, `1..1000`, or a list of these; the scenario's own if not said."""
    parameters: Axes = Axes({}, {})
    """Parameters of the scenarios, or axes of their matrices, each with its values."""
    waive: tuple[Annotated[str, Checked(_waived)], ...] = (NONE,)
    """Rules that nobody keeps, one at a time, by ID; `none` is a run in which all are kept, `each` stands for all
    rules that can be waived."""
    repetitions: Annotated[int, msgspec.Meta(ge=1)] = 1
    """How often each run is done with the same seed: for measures of time."""
    exclude: tuple[Axes, ...] = ()
    """Combinations to leave out, each by axes and their values: `{draft: my-draft-01, providers: [50, 100]}`."""
    values: dict[str, Value] = {}
    """What else is measured at the end of each run, by the name of its column: an expectation, which gives the number
    that it counts, or 1 and 0 for whether it is so."""
    explore: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """In the place of the whole product: random runs that are guided by what they reach (rules, events and their order,
    answers, states of groups), until so many in a row reach nothing new."""
    stop: Stop | None = None
    """When it ends early; when all has been run if not said."""
