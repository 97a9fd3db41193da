"""How much went over the wire, by operation, and what a step of each kind takes."""

from collections.abc import Collection, Iterable, Iterator

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """A request with its answer, in a run."""

    step: str
    """The keyword of the step that it belongs to."""
    step_id: str
    """Scenario and label of that step."""
    operation: str
    size: int
    """Bytes of both bodies."""


@dataclass(frozen=True, slots=True)
class TrafficChange:
    """An operation of which more or less goes over the wire now, or that takes more or fewer round trips."""

    operation: str
    messages: tuple[int, int]
    """Before and after, as are all pairs here."""
    size: tuple[int, int]
    round_trips: tuple[float, float] | None = None
    """Requests a step of this kind, if `operation` is the keyword of a step."""

    def __str__(self) -> str:
        if self.round_trips is not None:
            before, after = self.round_trips
            return f"step {self.operation}: {before:.1f} -> {after:.1f} round trips"
        counts = " -> ".join(f"{each:,}" for each in dict.fromkeys(self.messages))
        sizes = " -> ".join(f"{each:,}" for each in dict.fromkeys(self.size))
        noun = "message" if set(self.messages) == {1} else "messages"
        return f"{self.operation}: {counts} {noun}, {sizes} bytes"


def traffic_changes(
    old: Iterable[Sent], new: Iterable[Sent], unreached: Collection[str] = ()
) -> tuple[TrafficChange, ...]:
    """What has changed, by operation, then by kind of step; but for the steps, by scenario and label, that one of the
    runs has not reached.
    """
    before, after = (tuple(each for each in sent if each.step_id not in unreached) for sent in (old, new))
    return (*_by_operation(before, after), *_by_step(before, after))


def _by_operation(before: Iterable[Sent], after: Iterable[Sent]) -> Iterator[TrafficChange]:
    counts: dict[str, list[int]] = {}
    sizes: dict[str, list[int]] = {}
    for side, sent in enumerate((before, after)):
        for each in sent:
            counts.setdefault(each.operation, [0, 0])[side] += 1
            sizes.setdefault(each.operation, [0, 0])[side] += each.size
    for operation in sorted(counts):
        (messages, other), (size, later) = counts[operation], sizes[operation]
        if (messages, size) != (other, later):
            yield TrafficChange(operation, (messages, other), (size, later))


def _by_step(before: Iterable[Sent], after: Iterable[Sent]) -> Iterator[TrafficChange]:
    trips: dict[str, list[int]] = {}
    steps: dict[str, list[set[str]]] = {}
    for side, sent in enumerate((before, after)):
        for each in sent:
            trips.setdefault(each.step, [0, 0])[side] += 1
            steps.setdefault(each.step, [set(), set()])[side].add(each.step_id)
    for step in sorted(trips):
        old, new = (count / max(1, len(ids)) for count, ids in zip(trips[step], steps[step], strict=True))
        if round(old, 1) != round(new, 1):
            first, later = trips[step]
            yield TrafficChange(step, (first, later), (0, 0), (old, new))
