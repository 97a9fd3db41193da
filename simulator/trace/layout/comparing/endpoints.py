"""What is no struct, compared: endpoints, labels of signatures, checks in their order, rules."""

from collections.abc import Callable, Iterator, Mapping

from simulator.trace.layout.comparing.change import Change, Kind
from simulator.trace.layout.comparing.order import moves
from simulator.trace.layout.layout import EndpointLayout, Layout


def endpoint_changes(
    before: Mapping[str, EndpointLayout], after: Mapping[str, EndpointLayout], later: Callable[[str], str]
) -> Iterator[Change]:
    """How endpoints differ; `later` tells what a struct of the earlier layout is called now."""
    names = _renamed(before, after, later)
    for old, new in names.items():
        was, now = before[old].path, after[new].path
        paths = "" if was == now else f" ({was} -> {now})"
        yield Change(Kind.endpoint_renamed, new, "", old, new, f"endpoint {old} renamed {new}{paths}")
    for name, row in before.items():
        other = after.get(names.get(name, name))
        if other is not None:
            yield from _changed(names.get(name, name), row, other, later, path=name not in names)
    for name, row in after.items():
        if name not in before and name not in names.values():
            yield Change(Kind.endpoint_added, name, "", "", name, f"endpoint {name} added: {row.method} {row.path}")
    for name, row in before.items():
        if name not in after and name not in names:
            yield Change(Kind.endpoint_removed, name, "", name, "", f"endpoint {name} removed: {row.method} {row.path}")


def _renamed(
    before: Mapping[str, EndpointLayout], after: Mapping[str, EndpointLayout], later: Callable[[str], str]
) -> dict[str, str]:
    """The new name by the old one: at the same path, or else the only one with the same method and structs, or with the
    same structs.
    """
    found: dict[str, str] = {}
    for same in (_path, _bodies, _structs):
        gone = _by(same, {name: row for name, row in before.items() if name not in after and name not in found}, later)
        new = _by(
            same,
            {name: row for name, row in after.items() if name not in before and name not in found.values()},
            lambda name: name,
        )
        found |= {names[0]: new[key][0] for key, names in gone.items() if len(names) == len(new.get(key, ())) == 1}
    return found


def _path(row: EndpointLayout, later: Callable[[str], str]) -> tuple[str | None, ...]:
    return (row.method, row.path)


def _bodies(row: EndpointLayout, later: Callable[[str], str]) -> tuple[str | None, ...]:
    return (row.method, row.place, row.media_type, _struct(row.request, later), _struct(row.response, later))


def _structs(row: EndpointLayout, later: Callable[[str], str]) -> tuple[str | None, ...]:
    return (_struct(row.request, later), _struct(row.response, later))


def _by(
    key: Callable[[EndpointLayout, Callable[[str], str]], tuple[str | None, ...]],
    rows: Mapping[str, EndpointLayout],
    later: Callable[[str], str],
) -> dict[tuple[str | None, ...], list[str]]:
    found: dict[tuple[str | None, ...], list[str]] = {}
    for name, row in rows.items():
        found.setdefault(key(row, later), []).append(name)
    return found


def _changed(
    name: str, before: EndpointLayout, after: EndpointLayout, later: Callable[[str], str], *, path: bool
) -> Iterator[Change]:
    """The properties of one endpoint that differ. `path` is whether its path is among them."""
    for what, was, now in (
        ("method", before.method, after.method),
        ("path", before.path if path else after.path, after.path),
        ("media type", before.media_type, after.media_type),
        ("request", _struct(before.request, later), after.request),
        ("response", _struct(before.response, later), after.response),
        ("status of success", str(before.success), str(after.success)),
        ("several requests in a body", _yes(before.several), _yes(after.several)),
        ("host", before.place, after.place),
    ):
        if was != now:
            old, new = was or "none", now or "none"
            yield Change(Kind.endpoint_changed, name, what, old, new, f"endpoint {name}: {what} {old} -> {new}")


def _struct(name: str | None, later: Callable[[str], str]) -> str | None:
    return None if name is None else later(name)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def label_changes(before: Mapping[str, str], after: Mapping[str, str], later: Callable[[str], str]) -> Iterator[Change]:
    """How the labels of signatures differ."""
    old = {later(struct): label for struct, label in before.items()}
    for struct in dict.fromkeys((*old, *after)):
        was, now = old.get(struct, ""), after.get(struct, "")
        if was != now:
            shown = (f'"{label}"' if label else "none" for label in (was, now))
            yield Change(Kind.label, struct, "", was, now, f"{struct}: signature label {' -> '.join(shown)}")


def check_changes(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
    """Which checks of a request are new, gone, or made earlier or later."""
    old, new = tuple(dict.fromkeys(before)), tuple(dict.fromkeys(after))
    for index, name in enumerate(new):
        if name not in old:
            where = f"after {new[index - 1]}" if index else "as the first"
            yield Change(Kind.check_added, name, "", "", name, f"check added {where}: {name}")
    for name in old:
        if name not in new:
            yield Change(Kind.check_removed, name, "", name, "", f"check dropped: {name}")
    both = [name for name in old if name in new]
    for move in moves(both, [name for name in new if name in old]):
        sentence = f"check moved: {move.item} is made {'before' if move.forward else 'after'} {move.neighbour} now"
        yield Change(Kind.check_moved, move.item, move.neighbour, ", ".join(before), ", ".join(after), sentence)


def rule_changes(before: Layout, after: Layout) -> Iterator[Change]:
    """Which rules are new or gone."""
    old, new = dict.fromkeys(before.rules), dict.fromkeys(after.rules)
    for rule in old:
        if rule not in new:
            yield Change(Kind.rule_removed, rule, "", rule, "", f"rule dropped: {rule}")
    for rule in new:
        if rule not in old:
            yield Change(Kind.rule_added, rule, "", "", rule, f"rule added: {rule}")
