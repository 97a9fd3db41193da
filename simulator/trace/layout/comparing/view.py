"""Trees of one layout as far as another has them: in the other's names, without what only one of the two knows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from simulator.codec.layout import FieldLayout, NamedType, OpaqueType, UIntType, WireLayout
from simulator.dataclass import dataclass
from simulator.trace.layout.comparing.change import Change, Kind
from simulator.trace.layout.comparing.wire import Names, later_names
from simulator.trace.layout.layout import Layout
from simulator.trace.tree import Node

Place = tuple[str, str]
"""A struct and a field of it, or an enum and a value of it as a tree shows it: `malformed(4)`."""

CHANGED = "of another type"
"""The type of a value whose type the other layout has changed."""

_UNCOMPARABLE = (Kind.field_condition, Kind.body_type)


@dataclass(frozen=True, slots=True)
class View:
    """How a tree of one layout is shown so that it can be compared with one of another. The names in it are those of
    the layout that the tree is of.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    """Structs, enums and unions: what they are called there."""
    fields: Mapping[Place, str] = field(default_factory=dict)
    values: Mapping[Place, str] = field(default_factory=dict)
    untyped: frozenset[Place] = frozenset()
    """Fields whose value is one of another type there."""
    left_out: frozenset[Place] = frozenset()
    """Fields that are not there, or that can't be compared."""

    def of(self, root: Node) -> Node:
        """The tree as it is shown."""
        return self._node(root, "", "")

    def _node(self, node: Node, holder: str, path: str) -> Node:
        """`holder` is the struct that has the node, `path` the place of that struct, as it is shown."""
        place = (holder, node.name)
        name = self.fields.get(place, node.name)
        shown = f"{path}.{name}".removeprefix(".").replace(".[", "[") if node.path else ""
        children = tuple(
            self._node(child, node.type, shown)
            for child in node.children
            if (node.type, child.name) not in self.left_out
        )
        type_ = CHANGED if place in self.untyped else self.names.get(node.type, node.type)
        value = self.values.get((node.type, node.value), node.value)
        return Node(self.names.get(name, name), shown, type_, value, node.offset, node.length, children)


def views(before: Layout, after: Layout, changes: Iterable[Change]) -> tuple[View, View]:
    """How trees of the earlier and of the later layout are shown, both in the later names."""
    told, names = tuple(changes), later_names(before.wire, after.wire)
    everything = {**names.structs, **names.enums, **names.unions}
    earlier = {later: old for old, later in everything.items()}
    other = _places(told, _UNCOMPARABLE) | {each for each in _retyped(told) if not _plain(after.wire, each)}
    untyped = frozenset(each for each in _retyped(told) if _plain(after.wire, each))
    fields = {(each.subject, each.before): each.after for each in told if each.kind is Kind.field_renamed}
    back = {(struct, later): old for (struct, old), later in fields.items()}

    def own(places: Iterable[Place]) -> frozenset[Place]:
        return frozenset((earlier.get(struct, struct), back.get((struct, name), name)) for struct, name in places)

    old = View(
        everything,
        {(earlier.get(struct, struct), name): later for (struct, name), later in fields.items()},
        dict(_values(before.wire, after.wire, told, names)),
        own(untyped),
        own(other | _places(told, (Kind.field_removed,))),
    )
    return old, View(untyped=untyped, left_out=frozenset(other | _places(told, (Kind.field_added,))))


def view_back(before: Layout, after: Layout, changes: Iterable[Change]) -> tuple[View, frozenset[str]]:
    """How trees of the later layout are shown in the earlier one's names, and the structs, by their later names, whose
    earlier content can't be told from them.
    """
    told = tuple(changes)
    old, new = views(before, after, told)
    view = View(
        {later: earlier for earlier, later in old.names.items()},
        {(old.names.get(struct, struct), later): earlier for (struct, earlier), later in old.fields.items()},
        {(old.names.get(enum, enum), later): earlier for (enum, earlier), later in old.values.items()},
        new.untyped,
        new.left_out,
    )
    hidden = {Kind.field_removed, Kind.field_type, Kind.case_type, *_UNCOMPARABLE}
    return view, frozenset(each.subject.partition(".")[0] for each in told if each.kind in hidden)


def _places(changes: Iterable[Change], kinds: Iterable[Kind]) -> set[Place]:
    """The fields that these changes are about, by the struct's later name."""
    wanted = set(kinds)
    return {
        _split(each.subject) if each.kind is Kind.body_type else (each.subject, each.part)
        for each in changes
        if each.kind in wanted
    }


def _split(field_of_struct: str) -> Place:
    struct, _, name = field_of_struct.partition(".")
    return struct, name


def _retyped(changes: Iterable[Change]) -> set[Place]:
    """Fields of another type, but for those that are optional now, or no longer: their values are the same."""
    return {
        (each.subject, each.part)
        for each in changes
        if each.kind is Kind.field_type
        and each.after != f"optional<{each.before}>"
        and each.before != f"optional<{each.after}>"
    }


def _plain(wire: WireLayout, place: Place) -> bool:
    """Whether the field's value is one number or one string of bytes now."""
    found: FieldLayout | None = next((each for each in wire.structs.get(place[0], ()) if each.name == place[1]), None)
    if found is None:
        return False
    kind = found.type
    return isinstance(kind, UIntType | OpaqueType) or (isinstance(kind, NamedType) and kind.name in wire.enums)


def _values(
    before: WireLayout, after: WireLayout, changes: Iterable[Change], names: Names
) -> Iterator[tuple[Place, str]]:
    """The values of enums that have another number or name now, as trees show them."""
    earlier = {later: old for old, later in names.enums.items()}
    for change in changes:
        enum = earlier.get(change.subject, change.subject)
        if change.kind is Kind.value_number:
            yield (enum, f"{change.part}({change.before})"), f"{change.part}({change.after})"
        elif change.kind is Kind.value_renamed:
            number = after.enums[change.subject].values[change.after]
            yield (enum, f"{change.before}({number})"), f"{change.after}({number})"
