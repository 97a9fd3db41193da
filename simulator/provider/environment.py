"""What a provider has in common with the others of its federation."""

from collections.abc import Callable
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.net import Authority, Network
from simulator.provider.clock import Clock
from simulator.provider.outgoing.turns import Turns
from simulator.provider.work_tracker import WorkTracker
from simulator.trace import Recorder


@dataclass(frozen=True, slots=True)
class Environment:
    """What all providers of a federation share."""

    draft: Draft
    network: Network
    authority: Authority
    recorder: Recorder
    clock: Clock
    work_tracker: WorkTracker
    discovered: Callable[[str, str], None] = lambda provider, host: None
    """Hears of each host that a provider's discovery has named."""
    turns: Turns = field(init=False)
    """For the deliveries of those who may crash at any point."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "turns", Turns(self.work_tracker, self.network.returning))
