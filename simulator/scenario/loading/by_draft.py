"""What a file says for one draft only: `in <draft>` beside what holds for all, and which drafts it is for."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Annotated, Any

from msgspec.structs import replace

from simulator.scenario.loading.nodes import Mapping, Node, Sequence
from simulator.scenario.names import Kind

if TYPE_CHECKING:
    from simulator.drafts.draft import Draft
    from simulator.scenario.loading.conversion import Reader

IN = "in "
"""What a key begins with whose value is for one draft: `in my-draft-01`."""


class PerDraft:
    """Marks a mapping in a step in which `in <draft>` may stand beside the names that it is of."""


Fields = Annotated[dict[str, Any], PerDraft()]
"""Fields and their values; under `in <draft>` those that only this draft has."""


def parts(node: Node, reader: "Reader") -> Iterator[Node]:
    """What a mapping, or a list of such, says for the draft: what holds for all, then what is for this one."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from parts(item, reader)
        return
    if not isinstance(node, Mapping):
        yield node
        return
    apart = [word for word in node.values if word.startswith(IN)]
    if not apart:
        yield node
        return
    if len(apart) < len(node.values):
        rest = {word: value for word, value in node.values.items() if word not in apart}
        yield replace(node, values=rest, keys={word: node.keys[word] for word in rest})
    names = {word: word.removeprefix(IN).strip() for word in apart}
    for word, name in names.items():
        complaint = reader.names.complaint(Kind.draft, name)
        if complaint:
            reader.wrong(node.keys[word], complaint)
        if _is_meant(name, names.values(), reader.names.draft):
            yield from parts(node.values[word], reader)


def merged(node: Node, reader: "Reader") -> Node:
    """One mapping of what holds for all and what is for this draft; a name that both have is a problem."""
    if not isinstance(node, Mapping):
        return node
    whole = Mapping({}, {}, node.span, node.turn)
    for part in parts(node, reader):
        if not isinstance(part, Mapping):
            reader.wrong(part, "expected names with values, as beside it")
            continue
        for name, value in part.values.items():
            if name in whole.values:
                reader.wrong(part.keys[name], f'"{name}" is said for every draft (line {whole.keys[name].line})')
            whole.values[name], whole.keys[name] = value, part.keys[name]
    return whole


def _is_meant(name: str, beside: Collection[str], draft: "Draft") -> bool:
    """Whether the draft is the one of this name, or like it and not named itself."""
    return name == draft.name or (name == draft.like and draft.name not in beside)
