"""The shape of a scenario file."""

from typing import Annotated

import msgspec

from simulator.drafts.draft import Draft
from simulator.scenario.entry import Entry, Reason
from simulator.scenario.names import DraftRef
from simulator.scenario.network import NetworkSettings
from simulator.scenario.rule_names import Covered
from simulator.scenario.scalars import START, Duration, Moment, Tag, Title
from simulator.scenario.topology import Topology


class ScenarioFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="scenario"):
    """A scenario as its file says it. The topology comes before the steps: steps use its names."""

    name: Title
    """What it shows, in one line."""
    topology: Topology
    network: NetworkSettings | None = None
    """What the links between providers are like, and so how much simulated time requests take: none if not said."""
    steps: tuple[Entry, ...]
    """What happens, one after the other."""
    description: str = ""
    """What the draft says and what this shows."""
    tags: tuple[Tag, ...] = ()
    """Words to select scenarios by, such as `malicious`."""
    covers: tuple[Covered, ...] = ()
    """The IDs of the drafts' requirements, and of rules of RFC 9420, that it shows as a whole; what a step shows is
    said there."""
    skip: Reason | None = None
    """Why it is not run, if it is not."""
    drafts: tuple[DraftRef, ...] = ()
    """The drafts that it is for, each a scenario of its own: all that have what its steps need if not said. What
    expectations, `fields` and `set` say under `in <draft>` holds for one of them, as does a step with `only: <draft>`.
    """
    other_drafts: Reason | None = None
    """Why it is not for drafts that `drafts` does not name, or that have not what its steps need: what they lack, or
    which file shows the same in them.
    """
    include: tuple[str, ...] = ()
    """The paths of parts, from this file on: their topology and, in front of the steps here, their steps."""
    parameters: dict[str, str | int | float | bool] = {}
    """What `${name}` stands for, unless the command line says otherwise."""
    matrix: dict[str, tuple[str | int | float | bool, ...]] = {}
    """What varies, each with its values: parameters, settings of the topology (`draft`, `mutual_tls`, `http2`, `suite`,
    `key_packages`, `last_resort`), sizes of what it generates (`providers`, `users`, `clients`). Every combination is a
    scenario.
    """
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] = 1
    """All randomness follows from it, unless the command line says otherwise."""
    clock: Moment = START
    """When it begins, in protocol time: `2026-01-01T00:00:00Z`. Without a zone it is UTC."""
    timeout: Duration = Duration(120)
    """How long a run may take in real time."""

    def __post_init__(self) -> None:
        """Raises Misplaced for what has no meaning without a `network`."""
        if self.network is None:
            for entry in self.steps:
                entry.check_without_network()

    def lacking(self, draft: Draft) -> str | None:
        """Why it means nothing, or something else, in a draft; None where it does mean what it says."""
        whys = (draft.lacking(self.topology.needed()), *(entry.lacking(draft) for entry in self.steps))
        return next((why for why in whys if why is not None), None)
