"""The layouts of many traces: each pair of them is compared once."""

from simulator.trace.comparing.layouts import LayoutChanges, LayoutFinding
from simulator.trace.header import Header
from simulator.trace.layout import unpacked


class LayoutPairs:
    """The layout changes of all traces of two runs: each pair of layouts is compared once."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], LayoutChanges] = {}

    def between(self, old: Header, new: Header) -> LayoutChanges | None:
        """Those of two traces; None where nobody knew the layout of one of them."""
        if not (old.layout and new.layout):
            return None
        key = (old.layout, new.layout)
        if key not in self._known:
            self._known[key] = LayoutChanges(unpacked(old.layout), unpacked(new.layout))
        return self._known[key]

    def findings(self) -> tuple[LayoutFinding, ...]:
        """All changes, each sentence once."""
        found: dict[str, LayoutFinding] = {}
        for changes in self._known.values():
            for each in changes.findings():
                found[each.sentence] = each.and_also(found.get(each.sentence))
        return tuple(found.values())
