"""Stores that fail: a disk that is full or broken, a lock, damage, no right to write."""

from collections import Counter
from typing import Annotated

import msgspec

from simulator.net.faults.chance import Rate, share
from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext, Machine
from simulator.storage import Fails, Trouble

_SEED_SIZE = 16


class StoreFails(Fault, frozen=True, kw_only=True, tag="store_fails"):
    """Statements of a provider's store fail, as where its disk is full: what was under way has not happened, and
    whoever asked hears of an internal error. Others with each seed; where no `provider` is said, at each of them.

    What expectations look at in the store does not fail.
    """

    provider: str | None = None
    """Whose store it is; without one, that of each."""
    rate: Rate = 1.0
    """How often it begins to fail, of all statements, from 0 to 1."""
    how: tuple[Trouble, ...] = tuple(Trouble)
    """What SQLite says then: one of these, by the statement."""
    in_a_row: Annotated[int, msgspec.Meta(ge=1)] = 1
    """So many statements fail each time, or fewer."""
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How many statements of a provider fail; if not said, as many as there are."""

    @property
    def about(self) -> tuple[str, ...]:
        """Whose store it is."""
        return () if self.provider is None else (self.provider,)

    def begin(self, context: FaultContext) -> None:
        """Meet the statements."""
        for machine in context.machines(self.provider).values():
            machine.let_store_fail(context, self._fails(machine, context))

    def end(self, context: FaultContext) -> None:
        """Let them be carried out."""
        for machine in context.machines(self.provider).values():
            machine.let_store_fail(context, None)

    def _fails(self, machine: Machine, context: FaultContext) -> Fails:
        seed = machine.rand("store_fails", _SEED_SIZE)
        met, row, failed = Counter[str](), list[Trouble](), Counter[None]()

        def decide(statement: str) -> Trouble | None:
            if self.times is not None and failed[None] >= self.times:
                return None
            if not row:
                met[statement] += 1
                said = (statement, met[statement])
                if share("fails", *said, of=seed) < self.rate:
                    trouble = self.how[int(share("how", *said, of=seed) * len(self.how))]
                    row.extend([trouble] * (1 + int(share("long", *said, of=seed) * self.in_a_row)))
            if not row:
                return None
            failed[None] += 1
            context.hit()
            return row.pop()

        return decide
