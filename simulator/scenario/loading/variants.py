"""A file's parameters and matrix: with which values it is run, one scenario for each combination."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace
from itertools import product

import msgspec

from simulator.dataclass import dataclass
from simulator.errors import hint
from simulator.scenario.loading.generated_topologies import Generate
from simulator.scenario.loading.nodes import Mapping as MappingNode
from simulator.scenario.loading.nodes import Node, Scalar, Sequence, items
from simulator.scenario.loading.problems import Problems, Span
from simulator.scenario.loading.substitution import ROUND, Plain, shown

_NAME = re.compile("[a-z][a-z0-9_]*")
_LARGE = 500
"""More scenarios than this from one file are a mistake."""

SETTINGS = ("draft", "mutual_tls", "http2", "suite", "key_packages", "last_resort")
"""What a matrix can set in the topology itself."""
SIZES = tuple(field.name for field in msgspec.structs.fields(Generate))
"""What it can set in the topology's `generate`."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination."""

    choice: dict[str, Plain] = field(default_factory=dict)
    """By axis of the matrix."""
    values: dict[str, Plain] = field(default_factory=dict)
    """By name: the file's parameters and the choice."""
    settings: dict[str, Scalar] = field(default_factory=dict)
    """What the choice sets in the topology."""

    def of_draft(self, draft: str) -> "Variant":
        """The same, as one of several drafts."""
        return replace(self, choice={"draft": draft, **self.choice})

    @property
    def suffix(self) -> str:
        """What is behind the path in its id: `[suite=3,http2=true]`."""
        return choice_suffix(self.choice)


def choice_suffix(choice: Mapping[str, Plain]) -> str:
    """How an id says what was chosen: `[suite=3,http2=true]`, nothing where nothing was."""
    return f"[{','.join(f'{name}={shown(value)}' for name, value in choice.items())}]" if choice else ""


def variants(root: MappingNode, given: Mapping[str, Plain], problems: Problems) -> tuple[Variant, ...]:
    """All combinations, in the order of the file. `given` takes the place of a parameter's value, or of an axis."""
    parameters = _parameters(root.values.get("parameters"), problems)
    values = {name: given.get(name, value) for name, value in parameters.items()}
    axes = _axes(root.values.get("matrix"), values, problems)
    for name, axis in axes.items():
        if name in given:
            axes[name] = [Scalar(given[name], axis[0].span)]
    count = 1
    for axis in axes.values():
        count *= len(axis)
    if count > _LARGE:
        problems.add(root.keys["matrix"], f"{count} combinations: {_LARGE} are the most")
        return ()
    found = []
    for chosen in product(*axes.values()):
        scalars = dict(zip(axes, chosen, strict=True))
        choice = {name: scalar.value for name, scalar in scalars.items() if scalar.value is not None}
        settings = {name: scalar for name, scalar in scalars.items() if name not in values}
        found.append(Variant(choice, {**values, **choice}, settings))
    twice = next((suffix for suffix, number in Counter(each.suffix for each in found).items() if number > 1), None)
    if twice is not None and not problems.found:
        problems.add(root.keys["matrix"], f"more than one of these combinations would be called {twice}")
    return tuple(found)


def _parameters(node: Node | None, problems: Problems) -> dict[str, Plain]:
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        problems.add(node.span, "expected parameters with their values: {members: 3}")
        return {}
    found: dict[str, Plain] = {}
    for name, value in node.values.items():
        if name == ROUND or not _NAME.fullmatch(name):
            problems.add(node.keys[name], _bad_name(name))
        elif not isinstance(value, Scalar) or value.value is None:
            problems.add(value.span, "a parameter is a text, a number, true or false")
        elif isinstance(value.value, str) and "${" in value.value:
            problems.add(value.span, "a parameter can't be made of others")
        else:
            found[name] = value.value
    return found


def _bad_name(name: str) -> str:
    if name == ROUND:
        return '"round" is the number of a repetition'
    return f'"{name}" can\'t be a parameter: a lower case letter, then letters, digits and _'


def _axes(node: Node | None, declared: Mapping[str, Plain], problems: Problems) -> dict[str, list[Scalar]]:
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        problems.add(node.span, "expected what varies with its values: {suite: [1, 3]}")
        return {}
    known = list(dict.fromkeys((*declared, *SETTINGS, *SIZES)))
    found = {}
    for name, value in node.values.items():
        if name not in known:
            declare = f" (declare it: parameters: {{{name}: ...}})" if _NAME.fullmatch(name) else ""
            listed = hint(name, known) or f"{declare}; known: {', '.join(known)}"
            problems.add(node.keys[name], f'nothing is called "{name}" that a matrix could vary{listed}')
            continue
        axis = _axis(value, problems)
        if not items(value):
            problems.add(_behind(node, name), "a matrix needs one value or more")
        for place, item in enumerate(axis):
            if item.value in [other.value for other in axis[:place] if type(other.value) is type(item.value)]:
                problems.add(item.span, f"{shown(item.value)} is here twice")
        found[name] = axis
    return {name: axis for name, axis in found.items() if axis}


def _behind(node: MappingNode, name: str) -> Span:
    value = node.values[name]
    return value.span if isinstance(value, Sequence) else node.keys[name]


def _axis(node: Node, problems: Problems) -> list[Scalar]:
    found = []
    for item in items(node):
        if isinstance(item, Scalar) and item.value is not None:
            found.append(item)
        else:
            problems.add(item.span, "expected a text, a number, true or false")
    return found
