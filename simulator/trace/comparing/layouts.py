"""What a change of the layout explains: in how many messages it shows, and what it does to their size."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import cached_property, lru_cache

from simulator.dataclass import dataclass
from simulator.trace.comparing.canonical import Body, Message, Shown
from simulator.trace.comparing.change import has_offset, without_offsets
from simulator.trace.layout import Layout
from simulator.trace.layout.comparing import Change, Kind, compare, reaching, view_back, views
from simulator.trace.tree import Node

_OF_ENDPOINTS = {Kind.endpoint_added, Kind.endpoint_removed, Kind.endpoint_renamed, Kind.endpoint_changed}
_OF_VALUES = {Kind.value_added, Kind.value_removed, Kind.value_renamed, Kind.value_number}
_OF_CASES = {Kind.case_added, Kind.case_removed, Kind.case_type}
_RENAMING = {Kind.struct_renamed, Kind.enum_renamed, Kind.union_renamed}
_SIZING = {
    Kind.field_added,
    Kind.field_removed,
    Kind.field_type,
    Kind.field_condition,
    Kind.enum_size,
    Kind.case_type,
    Kind.body_type,
}
"""Changes by which a body becomes longer or shorter."""


@dataclass(frozen=True, slots=True)
class LayoutFinding:
    """A change of the layout, told once for all that it explains."""

    change: Change
    messages: int = 0
    """Requests with their answers in which it shows."""
    scenarios: int = 0
    before: int = 0
    """Bytes of these messages' bodies."""
    after: int = 0
    example: str = ""
    """The first of them."""

    @property
    def sentence(self) -> str:
        """What has changed."""
        return self.change.sentence

    def and_also(self, first: "LayoutFinding | None") -> "LayoutFinding":
        """The same change of two drafts, told once; `first` is what has been told of it."""
        if first is None:
            return self
        return replace(
            first,
            messages=first.messages + self.messages,
            scenarios=first.scenarios + self.scenarios,
            before=first.before + self.before,
            after=first.after + self.after,
            example=first.example or self.example,
        )


@dataclass(slots=True)
class _Shows:
    messages: int = 0
    before: int = 0
    after: int = 0
    example: str = ""
    scenarios: set[str] = field(default_factory=set)


class LayoutChanges:
    """How one layout differs from an earlier one, and what that explains as messages are compared."""

    def __init__(self, before: Layout, after: Layout) -> None:
        self.changes = compare(before, after)
        self.old, self.new = (
            (Shown(view) for view in views(before, after, self.changes))
            if self.changes
            else (
                Shown(),
                Shown(),
            )
        )
        renamed = {each.before: each.after for each in self.changes if each.kind is Kind.endpoint_renamed}
        self.old = Shown(self.old.view, renamed)
        self._before, self._after = before, after
        self._words, self._told_names = _words(self.changes)
        self._moves_bytes = any(each.kind not in _UNSIGNED for each in self.changes)
        self._touched = frozenset(_touched(before, self.changes)) | frozenset(_touched(after, self.changes))
        self._shows = {change: _Shows() for change in self.changes}
        self._by_mark: dict[str, list[Change]] = {}
        self._by_endpoint: dict[str, list[Change]] = {}
        for change in self.changes:
            for mark in _marks(change):
                self._by_mark.setdefault(mark, []).append(change)
            if change.kind in _OF_ENDPOINTS:
                self._by_endpoint.setdefault(change.subject, []).append(change)

    @cached_property
    def back(self) -> tuple[Shown, frozenset[str]]:
        """How a later run is shown by the earlier layout, and the structs, by their names there, of which the earlier
        content can't be told.
        """
        if not self.changes:
            return Shown(), frozenset()
        view, hidden = view_back(self._before, self._after, self.changes)
        return Shown(view, {later: old for old, later in self.old.endpoints.items()}), frozenset(
            view.names.get(each, each) for each in hidden
        )

    def note(self, scenario: str, place: str, old: Message | None, new: Message | None) -> None:
        """Count a message, of which `old` and `new` are there, for what shows in it."""
        if not self.changes:
            return
        found = dict.fromkeys(self._by_endpoint.get((new or old or _NOBODY).endpoint, ()))
        for message in (old, new):
            if message is not None:
                for part, body in (("request", message.request), ("answer", message.response)):
                    if self.touches(message.endpoint, part):
                        found.update(dict.fromkeys(self._in(body.root)))
        for change in found:
            shows = self._shows[change]
            shows.messages += 1
            shows.before += _size(old)
            shows.after += _size(new)
            shows.example = shows.example or f"{scenario}, {place}"
            shows.scenarios.add(scenario)

    def touches(self, endpoint: str, part: str) -> bool:
        """Whether a change can show in requests or answers of an endpoint, by its later name."""
        return (endpoint, part) in self._touched

    def explains_size(self, *roots: Node) -> bool:
        """Whether a body of one of these trees is longer or shorter for a change that shows in it or in a text."""
        if any(change.kind in _SIZING for root in roots for change in self._in(root)):
            return True
        return any(self.hides(leaf.value) for root in roots for leaf in root.leaves() if not leaf.is_bytes)

    def alike(self, old: str, new: str) -> bool:
        """Whether two texts say the same but for what has another name now, and for the bytes that have moved."""
        for earlier, later in self._words.items():
            old = _word(earlier).sub(lambda _, later=later: later, old)  # type: ignore[misc]
        return (without_offsets(old) == without_offsets(new)) if self._moves_bytes else old == new

    def hides(self, text: str) -> bool:
        """Whether a later text is another one for what has changed: it names it, or says at which byte something is."""
        return (self._moves_bytes and has_offset(text)) or any(_word(each).search(text) for each in self._told_names)

    def explains_fact(self, endpoint: str, name: str, old: str, new: str) -> bool:
        """Whether an endpoint's method or status has changed in the layout."""
        told = [each for each in self._by_endpoint.get(endpoint, ()) if each.kind is Kind.endpoint_changed]
        what = {"method": "method", "status": "status of success"}.get(name)
        return any((each.part, each.before, each.after) == (what, old, new) for each in told)

    @property
    def signed(self) -> bool:
        """Whether bytes change by it that are signed, hashed or encrypted, so that random ones have to follow."""
        return self._moves_bytes

    def findings(self) -> Iterator[LayoutFinding]:
        """Each change with what it has shown."""
        for change, shows in self._shows.items():
            yield LayoutFinding(change, shows.messages, len(shows.scenarios), shows.before, shows.after, shows.example)

    def _in(self, root: Node) -> Iterator[Change]:
        """The changes that show in a tree with the later names."""
        if not self._by_mark:
            return
        for node in _values(root):
            yield from self._by_mark.get(node.type, ())
            if node.value:
                yield from self._by_mark.get(f"{node.type} {node.value.partition('(')[0]}", ())


_UNSIGNED = {*_OF_ENDPOINTS, Kind.check_added, Kind.check_moved, Kind.check_removed, Kind.rule_added, Kind.rule_removed}
_NAMED_IN_TEXTS = {Kind.endpoint_renamed, *_RENAMING}


def _words(changes: Iterable[Change]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What texts call by another name now, by the earlier one; and the later names, but for those of fields, which may
    be any word.
    """
    found: dict[str, str] = {}
    names = []
    for change in changes:
        renamed = change.kind in _NAMED_IN_TEXTS or (change.kind is Kind.endpoint_changed and change.part == "path")
        if renamed or change.kind is Kind.field_renamed:
            found[change.before] = change.after
        if renamed:
            names.append(change.after)
    return found, tuple(names)


@lru_cache(maxsize=256)
def _word(word: str) -> re.Pattern[str]:
    """A name or a path where it is not part of a longer one."""
    return re.compile(rf"(?<![A-Za-z0-9_]){re.escape(word)}(?![A-Za-z0-9_])")


_NOBODY = Message("", {}, Body(b"", lambda: None), Body(b"", lambda: None))


def _marks(change: Change) -> Iterable[str]:
    """What in a tree, as it is shown, says that a change shows there: a struct's name, or an enum's with a value."""
    if change.kind in _OF_ENDPOINTS or change.kind in _UNSIGNED:
        return ()
    if change.kind in _OF_VALUES:
        return (f"{change.subject} {change.part}",)
    if change.kind in _OF_CASES:
        return tuple(each for each in (change.before, change.after) if each)
    if change.kind is Kind.body_type:
        return (change.subject.partition(".")[0],)
    return (change.subject,)


def _touched(layout: Layout, changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """The endpoints, by their later names, in whose requests or answers a change can show."""
    renamed = {each.before: each.after for each in changes if each.kind is Kind.endpoint_renamed}
    earlier = {each.subject: each.before for each in changes if each.kind in _RENAMING}
    marks = {mark.partition(" ")[0] for change in changes for mark in _marks(change)}
    reached = reaching(layout.wire, marks | {earlier[each] for each in marks if each in earlier})
    for name, row in layout.endpoints.items():
        for part, struct in (("request", row.request), ("answer", row.response)):
            if struct in reached:
                yield renamed.get(name, name), part


def _values(root: Node) -> Iterator[Node]:
    """A node for each struct and value in a tree that differs from others."""
    seen = set[tuple[str, str]]()
    for node in root.walk():
        key = (node.type, "" if node.children or node.is_bytes else node.value)
        if key not in seen:
            seen.add(key)
            yield node


def _size(message: Message | None) -> int:
    return 0 if message is None else message.request.size + message.response.size
