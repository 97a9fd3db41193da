"""The KeyPackages that a client has at its provider for others to fetch: how many, and when there have to be more."""

from simulator.clients.client_state import ClientState
from simulator.dataclass import dataclass
from simulator.machine import MachineFailure
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.refusal import Refusal

TOO_OLD = Practice("CLIENT-KEYS-EXPIRED", Kind.expired, "A client deletes the keys of KeyPackages that have expired.")


@dataclass(frozen=True, slots=True)
class _Supply:
    """How many KeyPackages of one kind a client wants in stock, and whether one of last resort besides."""

    count: int
    last_resort: bool


class Publishing:
    """What one client has published. A provider hands each out once, to anybody who asks: it does not last."""

    def __init__(self, state: ClientState) -> None:
        self._state = state
        self._wanted: dict[str, _Supply] = {}

    def publish(self, count: int, kind: str, *, last_resort: bool) -> None:
        """Upload `count` fresh KeyPackages and, if asked for, one of last resort. Raises Refusal."""
        supply = self._wanted.get(kind, _Supply(0, last_resort=False))
        self._wanted[kind] = _Supply(max(count, supply.count), last_resort or supply.last_resort)
        self._upload(count, kind, last_resort=last_resort)

    def replenish(self) -> None:
        """Fill the stock of each kind up to the most that was ever published of it at once; one of last resort is
        replaced when it has expired. Raises Refusal.
        """
        state = self._state
        expired = state.stock.forget_expired(state.now())
        if expired:
            state.decided(Decision(TOO_OLD, f"{expired} KeyPackages of its own are too old: their keys are deleted"))
        for kind, supply in self._wanted.items():
            left, last_resort = state.home.key_packages_left(state.uri, kind)
            missing = max(0, supply.count - left)
            self._upload(missing, kind, last_resort=supply.last_resort and not last_resort)

    def _upload(self, count: int, kind: str, *, last_resort: bool) -> None:
        state, now = self._state, self._state.now()
        made = [state.stock.make(now, kind) for _ in range(count)]
        if last_resort:
            made.append(state.stock.make(now, kind, last_resort=True))
        if not made:
            return
        try:
            state.home.publish(state.uri, made)
        except (Refusal, MachineFailure):  # nobody has them
            state.stock.forget(made)
            raise
