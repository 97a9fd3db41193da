"""Whether a provider's state stayed as it was."""

from collections.abc import Iterator
from typing import Any, ClassVar

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet

Rows = dict[str, frozenset[bytes]]
"""By table of a provider's store, the hashes of its rows."""

_MEANINGS = {
    "accepted": "requests of clients that were carried out, to know a repetition",
    "epochs": "trees that joiners may ask for",
    "joiners": "who was invited and has not joined yet",
    "outbox": "messages on their way to other providers",
    "queue": "messages for its clients, also those that they have acknowledged, which are kept to know a repetition",
    "undelivered": "messages given up",
}
"""What a row stands for, where the table's name does not say it."""


class Unchanged(Expectation, frozen=True, tag="unchanged"):
    """The step changed nothing in these providers' stores: no queue, no group, no KeyPackage. What they learn of other
    providers, their keys and where they serve, is no such change.
    """

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "providers"
    needs_step: ClassVar[bool] = True

    providers: tuple[ProviderRef, ...]

    def before(self, context: Context) -> tuple[Rows, ...]:
        """What is in the stores."""
        return tuple(context.session.provider(name).own_rows() for name in self.providers)

    def check(self, context: Context, before: Any) -> None:
        """Compare with what is there."""
        for name, old in zip(self.providers, before, strict=True):
            found = ", ".join(changes(old, context.session.provider(name).own_rows()))
            if found:
                raise Unmet(f"nothing to change at {name}", f"its store did: {found}")


def changes(old: Rows, new: Rows) -> Iterator[str]:
    """By table that is not as it was, how many rows are not."""
    for table, rows in new.items():
        come, gone = len(rows - old[table]), len(old[table] - rows)
        changed = min(come, gone)
        counts = {"more": come - changed, "fewer": gone - changed, "changed": changed}
        words = [f"{count} {'row' if count == 1 else 'rows'} {how}" for how, count in counts.items() if count]
        if words:
            meaning = _MEANINGS.get(table)
            yield f"{table} ({', '.join(words)}{f': {meaning}' if meaning else ''})"
