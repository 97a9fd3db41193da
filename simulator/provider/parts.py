"""What the parts of one provider that serve and deliver have in common."""

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.provider.failpoints import Failpoints
from simulator.provider.outgoing.keyring import Keyring
from simulator.provider.outgoing.peers import Peers
from simulator.provider.outgoing.turns import Turns
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.work_tracker import WorkTracker


@dataclass(frozen=True, slots=True)
class Parts:
    """One provider's: what it decides, whom it asks, how it signs, and where it may fail."""

    draft: Draft
    executor: ServiceExecutor
    peers: Peers
    keys: Keyring
    work_tracker: WorkTracker
    failpoints: Failpoints
    turns: Turns
