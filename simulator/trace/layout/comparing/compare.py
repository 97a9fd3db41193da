"""All of two layouts compared."""

from simulator.trace.layout.comparing.change import Change
from simulator.trace.layout.comparing.endpoints import check_changes, endpoint_changes, label_changes, rule_changes
from simulator.trace.layout.comparing.wire import later_names, wire_changes
from simulator.trace.layout.layout import Layout


def compare(before: Layout, after: Layout) -> tuple[Change, ...]:
    """How the later layout differs, each change once; nothing where both say the same. The names of draft and
    simulator are no part of it.
    """
    names = later_names(before.wire, after.wire)
    return (
        *wire_changes(before.wire, after.wire),
        *endpoint_changes(before.endpoints, after.endpoints, names.of),
        *label_changes(before.labels, after.labels, names.of),
        *check_changes(before.checks, after.checks),
        *rule_changes(before, after),
    )
