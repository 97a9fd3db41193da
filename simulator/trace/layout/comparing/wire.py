"""Wire types compared: structs, enums, unions, and what is in opaque fields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from simulator.codec.layout import (
    Condition,
    EnumLayout,
    FieldLayout,
    NamedType,
    OptionalType,
    SizedType,
    Type,
    UnionLayout,
    VectorType,
    WireLayout,
    text_of,
)
from simulator.dataclass import dataclass
from simulator.trace.layout.comparing.change import Change, Kind
from simulator.trace.layout.comparing.order import moves
from simulator.trace.layout.comparing.renames import renamed

T = TypeVar("T")

ROUNDS = 3
"""How often renames are looked for: a struct may be known again only by another that it holds."""


@dataclass(frozen=True, slots=True)
class Names:
    """What structs, enums and unions of the earlier layout are called in the later one."""

    structs: Mapping[str, str]
    enums: Mapping[str, str]
    unions: Mapping[str, str]
    values: Mapping[tuple[str, str], str]
    """By the enum's later name and the value's earlier one."""

    def of(self, name: str) -> str:
        """The later name of an earlier type."""
        return self.structs.get(name) or self.enums.get(name) or self.unions.get(name) or name

    def type(self, type_: Type) -> Type:
        """An earlier type in later names."""
        match type_:
            case VectorType(item):
                return VectorType(self.type(item))
            case SizedType(inner):
                return SizedType(self.type(inner))
            case OptionalType(inner):
                return OptionalType(self.type(inner))
            case NamedType(name):
                return NamedType(self.of(name))
        return type_

    def struct(self, fields: tuple[FieldLayout, ...]) -> tuple[FieldLayout, ...]:
        """The fields of an earlier struct in later names."""
        types = {each.name: self.type(each.type) for each in fields}
        return tuple(FieldLayout(each.name, types[each.name], self._when(each.when, types)) for each in fields)

    def _when(self, when: Condition | None, types: Mapping[str, Type]) -> Condition | None:
        if when is None:
            return None
        asked = types.get(when.path)
        enum = asked.name if isinstance(asked, NamedType) else ""
        return Condition(
            when.path,
            tuple(
                self.values.get((enum, case), self.of(case)) if isinstance(case, str) else case for case in when.cases
            ),
        )

    def union(self, union: UnionLayout) -> UnionLayout:
        """An earlier union in later names."""
        tag = self.of(union.tag)
        cases = {self.values.get((tag, case), case): self.of(held) for case, held in union.cases.items()}
        return UnionLayout(tag, cases)


def later_names(before: WireLayout, after: WireLayout) -> Names:
    """What has another name in the later layout."""
    enums = renamed(before.enums, after.enums, lambda enum: (f"{n}={v}" for n, v in enum.values.items()))
    names = Names({}, enums, {}, _later_values(before.enums, after.enums, enums))
    for _ in range(ROUNDS):
        structs = _renamed_structs(before, after, names)
        unions = renamed(
            {name: names.union(each) for name, each in before.unions.items()},
            after.unions,
            lambda union: (f"{case}: {held}" for case, held in union.cases.items()),
        )
        if (structs, unions) == (names.structs, names.unions):
            break
        names = replace(names, structs=structs, unions=unions)
    return names


def _renamed_structs(before: WireLayout, after: WireLayout, names: Names) -> dict[str, str]:
    earlier = {name: names.struct(fields) for name, fields in before.structs.items()}
    return renamed(earlier, after.structs, lambda fields: map(_shown, fields))


def _later_values(
    before: Mapping[str, EnumLayout], after: Mapping[str, EnumLayout], names: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """See `Names.values`."""
    return {
        (names.get(name, name), old): new
        for name, enum in before.items()
        if names.get(name, name) in after
        for old, new in _renamed_values(enum, after[names.get(name, name)]).items()
    }


def _renamed_values(before: EnumLayout, after: EnumLayout) -> dict[str, str]:
    """The new name by the old one: values of the same number."""
    gone = {number: value for value, number in before.values.items() if value not in after.values}
    return {gone[number]: new for new, number in after.values.items() if new not in before.values and number in gone}


def wire_changes(before: WireLayout, after: WireLayout) -> Iterator[Change]:
    """How the later wire differs."""
    names = later_names(before, after)
    earlier = {name: names.struct(fields) for name, fields in before.structs.items()}
    unions = {name: names.union(each) for name, each in before.unions.items()}
    structs = (Kind.struct_added, Kind.struct_removed, Kind.struct_renamed)
    enums = (Kind.enum_added, Kind.enum_removed, Kind.enum_renamed)
    of_unions = (Kind.union_added, Kind.union_removed, Kind.union_renamed)
    yield from _compared(structs, earlier, after.structs, names.structs, _struct_changes)
    yield from _compared(enums, before.enums, after.enums, names.enums, _enum_changes)
    yield from _compared(of_unions, unions, after.unions, names.unions, _union_changes)
    yield from _body_changes(before, after, names)


def _compared(
    kinds: tuple[Kind, Kind, Kind],
    before: Mapping[str, T],
    after: Mapping[str, T],
    names: Mapping[str, str],
    compared: Callable[[str, T, T], Iterator[Change]],
) -> Iterator[Change]:
    """What was renamed, what differs in what is still there, what is new and what is gone."""
    added, removed, other_name = kinds
    word = added.value.partition(" ")[0]
    for old, new in names.items():
        yield Change(other_name, new, "", old, new, f"{word} {old} renamed {new}")
    for old, earlier in before.items():
        new = names.get(old, old)
        if new in after:
            yield from compared(new, earlier, after[new])
    for new in after:
        if new not in before and new not in names.values():
            yield Change(added, new, "", "", new, f"{word} {new} added")
    for old in before:
        if old not in after and old not in names:
            yield Change(removed, old, "", old, "", f"{word} {old} removed")


def _struct_changes(name: str, before: tuple[FieldLayout, ...], after: tuple[FieldLayout, ...]) -> Iterator[Change]:
    other_names = _renamed_fields(before, after)
    old = {other_names.get(each.name, each.name): each for each in before}
    new = {each.name: each for each in after}
    for field, later in other_names.items():
        yield Change(Kind.field_renamed, name, later, field, later, f"{name}: field {field} renamed {later}")
    for index, each in enumerate(after):
        if each.name not in old:
            where = f"after {after[index - 1].name}" if index else "at the beginning"
            sentence = f"{name}: field {each.name} ({text_of(each.type)}) added {where}"
            yield Change(Kind.field_added, name, each.name, "", text_of(each.type), sentence)
    for field, each in old.items():
        if field not in new:
            sentence = f"{name}: field {each.name} ({text_of(each.type)}) removed"
            yield Change(Kind.field_removed, name, each.name, text_of(each.type), "", sentence)
    both = [field for field in old if field in new]
    for move in moves(both, [each.name for each in after if each.name in old]):
        before_text, after_text = ", ".join(old), ", ".join(new)
        yield Change(Kind.order, name, move.item, before_text, after_text, f"{name}: order changed: {move}")
    for field in both:
        yield from _field_changes(name, old[field], new[field])


def _field_changes(struct: str, before: FieldLayout, after: FieldLayout) -> Iterator[Change]:
    old, new, shown = text_of(before.type), text_of(after.type), after.name
    if before.type != after.type:
        items = "<V>" if isinstance(after.type, VectorType | OptionalType) and new.rstrip(">").endswith("<V") else ""
        if after.type == OptionalType(before.type):
            sentence = f"{struct}: {shown}{items} is optional now"
        elif before.type == OptionalType(after.type):
            sentence = f"{struct}: {shown}{items} is no longer optional"
        else:
            sentence = f"{struct}: {shown} is {new} now, not {old}"
        yield Change(Kind.field_type, struct, shown, old, new, sentence)
    if before.when != after.when:
        was, now = _condition(before.when), _condition(after.when)
        sentence = f"{struct}: {shown} is there {now} now, not {was}"
        yield Change(Kind.field_condition, struct, shown, was, now, sentence)


def _renamed_fields(before: tuple[FieldLayout, ...], after: tuple[FieldLayout, ...]) -> dict[str, str]:
    """The new name by the old one: fields of the same type between the same neighbours."""
    old, new = {each.name for each in before}, {each.name for each in after}
    gone = {_between(before, index): each for index, each in enumerate(before) if each.name not in new}
    found: dict[str, str] = {}
    for index, each in enumerate(after):
        was = gone.get(_between(after, index)) if each.name not in old else None
        if was is not None and (was.type, was.when) == (each.type, each.when):
            found[was.name] = each.name
    return found


def _between(fields: tuple[FieldLayout, ...], index: int) -> tuple[str, str]:
    """The names of the neighbours."""
    return (
        fields[index - 1].name if index else "",
        fields[index + 1].name if index + 1 < len(fields) else "",
    )


def _enum_changes(name: str, before: EnumLayout, after: EnumLayout) -> Iterator[Change]:
    if before.size != after.size:
        was, now = f"uint{8 * before.size}", f"uint{8 * after.size}"
        yield Change(Kind.enum_size, name, "", was, now, f"{name}: {was} -> {now}")
    later = _renamed_values(before, after)
    earlier = {new: old for old, new in later.items()}
    for value, number in after.values.items():
        if value in before.values:
            old = before.values[value]
            if old != number:
                sentence = f"{name}: {value} {old} -> {number}"
                yield Change(Kind.value_number, name, value, str(old), str(number), sentence)
        elif value in earlier:
            other = earlier[value]
            yield Change(Kind.value_renamed, name, value, other, value, f"{name}: {other} ({number}) renamed {value}")
        else:
            yield Change(Kind.value_added, name, value, "", str(number), f"{name}: {value} ({number}) added")
    for value, number in before.values.items():
        if value not in after.values and value not in later:
            yield Change(Kind.value_removed, name, value, str(number), "", f"{name}: {value} ({number}) removed")


def _union_changes(name: str, before: UnionLayout, after: UnionLayout) -> Iterator[Change]:
    if before.tag != after.tag:
        sentence = f"{name}: selected by {after.tag} now, not {before.tag}"
        yield Change(Kind.union_tag, name, "", before.tag, after.tag, sentence)
    for case, held in after.cases.items():
        if case not in before.cases:
            yield Change(Kind.case_added, name, case, "", held, f"{name}: case {case} ({held}) added")
        elif before.cases[case] != held:
            sentence = f"{name}: case {case} is {held} now, not {before.cases[case]}"
            yield Change(Kind.case_type, name, case, before.cases[case], held, sentence)
    for case, held in before.cases.items():
        if case not in after.cases:
            yield Change(Kind.case_removed, name, case, held, "", f"{name}: case {case} ({held}) removed")


def _body_changes(before: WireLayout, after: WireLayout, names: Names) -> Iterator[Change]:
    old = {
        (f"{names.of(body.struct)}.{body.field}", number): text_of(names.type(held))
        for body in before.bodies
        for number, held in body.types.items()
    }
    new = {
        (f"{body.struct}.{body.field}", number): text_of(held)
        for body in after.bodies
        for number, held in body.types.items()
    }
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key, ""), new.get(key, "")
        if was != now:
            field, number = key
            sentence = f"{field} {number} is {now or 'opaque'} now, not {was or 'opaque'}"
            yield Change(Kind.body_type, field, str(number), was, now, sentence)


def _condition(when: Condition | None) -> str:
    return "always" if when is None else f"if {when.path} is {' or '.join(map(str, when.cases))}"


def _shown(field: FieldLayout) -> str:
    return f"{field.name}: {text_of(field.type)} {_condition(field.when)}"
