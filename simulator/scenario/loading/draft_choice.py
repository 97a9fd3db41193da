"""Which drafts a file is for: as its `drafts` or its topology's `draft` say, else all that have what its steps need."""

from collections.abc import Iterable

from msgspec.structs import replace

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.errors import hint, nearest
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, items
from simulator.scenario.loading.problems import Problems

_BY_PATH = "--draft PATH makes one known that is not installed"


def said(root: Mapping, problems: Problems) -> tuple[Draft, ...]:
    """The drafts that a file names; none if it names none. What is wrong with it becomes a problem."""
    topology = root.values.get("topology")
    alone = topology.values.get("draft") if isinstance(topology, Mapping) else None
    listed = root.values.get("drafts")
    if listed is None:
        return _known(items(alone), problems) if alone is not None else ()
    if alone is not None:
        problems.add(alone.span, f'"drafts" says already which drafts this is for (line {root.keys["drafts"].line})')
    if not items(listed):
        problems.add(root.keys["drafts"], "a file is for one draft or more")
    return _known(items(listed), problems)


def with_draft(root: Mapping, draft: Draft) -> Mapping:
    """The file with a topology that says the draft, and has what the draft has where it does not say it itself."""
    topology = root.values.get("topology")
    if not isinstance(topology, Mapping):
        return root
    place = topology.values["draft"].span if "draft" in topology.values else topology.span
    usual = {name: Scalar(value, place) for name, value in _usual(draft).items()}
    values = {**usual, **topology.values, "draft": Scalar(draft.name, place)}
    made = replace(topology, values=values, keys={**dict.fromkeys(values, place), **topology.keys})
    return replace(root, values={**root.values, "topology": made})


def _usual(draft: Draft) -> dict[str, bool]:
    """How a topology is in a draft that leaves no choice."""
    without = {DraftFeature.optional_mutual_tls: ("mutual_tls", True), DraftFeature.last_resort: ("last_resort", False)}
    return dict(setting for feature, setting in without.items() if feature in draft.lacks)


def _known(nodes: Iterable[Node], problems: Problems) -> tuple[Draft, ...]:
    known = registry.names()
    found: dict[str, Draft] = {}
    for node in nodes:
        name = node.value if isinstance(node, Scalar) else None
        if not isinstance(name, str) or name not in known:
            word = f'unknown draft "{name}"' if isinstance(name, str) else "expected the name of a draft"
            problems.add(node.span, word + (hint(str(name), known) or f"; known: {', '.join(known)}; {_BY_PATH}"))
            meant = nearest(str(name), known)
            found |= {meant: registry.named(meant)} if meant else {}  # what else is wrong is told of this one
        elif name in found:
            problems.add(node.span, f'"{name}" is here twice')
        else:
            found[name] = registry.named(name)
    return tuple(found.values())
