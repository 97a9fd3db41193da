"""From the text of a scenario file to what can be run: one content for each combination of its matrix.

text -> tree -> with what it includes -> variants -> with their values, settings and overlay -> with generated
providers -> Reader: ScenarioFile
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError
from simulator.printable import printable
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.loading import file_text
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.draft_choice import said, with_draft
from simulator.scenario.loading.generated_topologies import with_generated
from simulator.scenario.loading.including import PART, with_included
from simulator.scenario.loading.nodes import TOO_LARGE, Node, Scalar, laid
from simulator.scenario.loading.nodes import Mapping as MappingNode
from simulator.scenario.loading.problems import Problem, Problems, ScenarioFileError, Span
from simulator.scenario.loading.substitution import Allowance, Plain, Substitution
from simulator.scenario.loading.tree import parse
from simulator.scenario.loading.variants import SETTINGS, Variant, variants
from simulator.scenario.names import Names
from simulator.scenario.schema import ScenarioFile
from simulator.scenario.steps import STEPS
from simulator.scenario.topology import Topology

EXPERIMENT = "experiment"
"""What a file has in the place of a scenario's name that says which scenarios are run how often, and with what."""

_NOT_RUN = {
    PART: "this is a part: it is not run, other files include it",
    EXPERIMENT: "this is an experiment: mimi-sim sweep runs it",
}
"""Files that are no scenarios, by the word that they have in the place of its name."""
_QUOTED = 40
_LITERAL = 50_000
"""Characters of a file that can have no more values than are allowed."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the command line wants otherwise than the files."""

    parameters: Mapping[str, Plain] = field(default_factory=dict)
    """Values of parameters, and of axes of matrices; text is read as YAML reads it."""
    over: MappingNode | None = None
    """A topology's fields, laid over those of each scenario."""
    draft: Draft | None = None
    """The only draft that is wanted, also where a topology says another; what is not for it is left out."""

    def wants(self, variant: Variant) -> bool:
        """Whether a combination of a matrix is meant."""
        said = variant.settings.get("draft")
        return self.draft is None or said is None or said.value == self.draft.name


def text_of(file: Path) -> str:
    """What is in a file. Raises ScenarioFileError."""
    shown = file.as_posix()
    try:
        return file_text.text_of(file)
    except file_text.NotText as error:
        if error.before is None:
            raise ScenarioFileError((Problem(shown, str(error)),)) from error
        problems = Problems(shown, error.before)
        line, column = len(problems.source.lines), len(problems.source.lines[-1]) + 1
        problems.add(Span(line, column, column + 1), str(error))
        raise ScenarioFileError(tuple(problems.found)) from error
    except FileNotFoundError as error:
        raise ScenarioFileError((Problem(shown, f"can't be read: {error.strerror}"),)) from error


def read_all(
    text: str, file: str, options: LoadOptions | None = None, *, alone: bool = False
) -> tuple[tuple[Variant, ScenarioFile], ...]:
    """The scenarios in a file's text; none where it is a part, which is a mistake where it is read `alone`.

    Raises ScenarioFileError with all that is wrong.
    """
    options = options or LoadOptions()
    problems = Problems(file, text)
    root = parse(text, problems)
    if isinstance(root, MappingNode) and (other := next((each for each in _NOT_RUN if each in root.values), None)):
        if not alone:
            return ()
        problems.add(root.keys[other], _NOT_RUN[other])
        problems.raise_if_any()
    if root is not None and not isinstance(root, MappingNode):
        problems.add(root.span, "a scenario is a mapping with name, topology and steps")
    found: list[tuple[Variant, Draft, ScenarioFile]] = []
    if isinstance(root, MappingNode):
        whole, allowance = with_included(root, problems), None if _is_literal(text) else Allowance()
        for variant in filter(options.wants, variants(whole, options.parameters, problems)):
            values = filled(whole, variant, options, problems, allowance)
            if allowance is not None and allowance.is_spent:
                break
            found += [
                (variant, draft, content) for draft, content in _in_drafts(values, options, problems, alone=alone)
            ]
    problems.raise_if_any()
    found = [each for each in found if options.draft is None or _is_for(each[2], options.draft)]
    several = len({draft.name for variant, draft, _ in found if "draft" not in variant.choice}) > 1
    return tuple((variant.of_draft(draft.name) if several else variant, content) for variant, draft, content in found)


def _is_for(content: ScenarioFile, draft: Draft) -> bool:
    """Whether all of it means something in the draft, or it is run as far as it does: the file does not say why not."""
    return content.other_drafts is None or content.lacking(draft) is None


def _in_drafts(
    root: MappingNode, options: LoadOptions, problems: Problems, *, alone: bool
) -> Iterator[tuple[Draft, ScenarioFile]]:
    """A file as it reads for each draft that it is for, or for the one that is wanted. A file that names none is for
    the simulator's own; it is read for another one where that is wanted, and has to fit where it `alone` is meant and
    does not say itself why it may not.
    """
    wrong_before = len(problems.found)
    named, wanted = said(root, problems), registry.usual() if options.draft is None else (options.draft,)
    if not named and len(problems.found) > wrong_before:  # it is for drafts that nobody knows, and in their words
        return
    names = [draft.name for draft in named]
    if named and options.draft is not None:
        meant = options.draft.is_one_of(names)
        names += [options.draft.name]
        named = wanted if meant or "drafts" not in root.values else named
    alone = alone and "other_drafts" not in root.values
    if named or (len(wanted) == 1 and (alone or options.draft is None)):
        for draft in named or wanted:
            if options.draft in (None, draft):
                yield draft, reader(problems, draft, names).struct(with_draft(root, draft), ScenarioFile)
        return
    found: list[tuple[Draft, ScenarioFile]] = []
    wrong: list[Problems] = []
    for draft in dict.fromkeys((*wanted, *registry.usual())):
        apart = problems.apart()
        content = reader(apart, draft).struct(with_draft(root, draft), ScenarioFile)
        wrong += [apart] if apart.found else []
        found += [] if apart.found else [(draft, content)]
    if not found:  # no draft has what it says: the mistake is in the file
        problems.found += wrong[0].found
    if options.draft is not None:
        yield from (each for each in found if each[0] is options.draft)
    else:
        yield from [each for each in found if each[1].lacking(each[0]) is None] or found[:1]


def read_topology(file: Path, options: LoadOptions) -> tuple[Topology, Any, Any]:
    """The topology of a file, be it a scenario, a part or a topology alone, with its seed and clock where it has such.

    Raises ScenarioFileError.
    """
    return topology_in(text_of(file), file.as_posix(), options)


def topology_in(text: str, file: str, options: LoadOptions) -> tuple[Topology, Any, Any]:
    """The same of a text that is called `file`. Raises ScenarioFileError."""
    problems = Problems(file, text)
    root = _around(parse(text, problems), problems)
    read: list[Any] = []
    if root is not None:
        whole = with_included(root, problems)
        kept = ("topology", "drafts", "parameters", "matrix", "seed", "clock")
        whole = replace(whole, values={name: whole.values[name] for name in kept if name in whole.values})
        for variant in variants(whole, options.parameters, problems)[:1]:
            content = filled(whole, variant, options, problems, Allowance())
            named = said(content, problems)
            draft = options.draft or (named or registry.usual())[0]
            if named and draft not in named:
                problems.add(whole.keys["topology"], f"this is not for {draft.name}, but for {named[0].name}")
            content = with_draft(content, draft)
            kinds = {each.name: each.type for each in msgspec.structs.fields(ScenarioFile)}
            for name in ("topology", "seed", "clock"):
                node = content.values.get(name)
                read.append(None if node is None else reader(problems, draft).value(node, kinds[name]))
    problems.raise_if_any()
    topology, seed, clock = read
    return topology, seed, clock


def read_over(file: Path) -> MappingNode:
    """A partial topology, to be laid over others, in whichever draft it fits. Raises ScenarioFileError with all that is
    wrong with it.
    """
    text = text_of(file)
    problems = Problems(file.as_posix(), text)
    root = _around(parse(text, problems), problems)
    over = root.values["topology"] if root is not None else None
    if over is not None:
        wrong = []
        for draft in registry.known():
            apart = problems.apart()
            reader(apart, draft).value(over, Topology)
            wrong.append(apart)
        if all(each.found for each in wrong):
            problems.found += wrong[0].found
    problems.raise_if_any()
    assert isinstance(over, MappingNode), "what is not valid has a problem"  # noqa: S101 (our own bug)
    return over


def reader(problems: Problems, draft: Draft, file_drafts: Iterable[str] = ()) -> Reader:
    """A reader of what is for this draft, in a file for these drafts, that knows no names but those of endpoints."""
    return Reader(problems, Names(draft, file_drafts), {"step": STEPS, "expectation": EXPECTATIONS})


def plain(text: str) -> Plain:
    """A value as the command line gives it: `3` is a number, `true` is true, anything else is text.

    Raises SimulatorError for a number that is too large.
    """
    problems = Problems("", text)
    node = parse(text, problems)
    if any(problem.message == TOO_LARGE for problem in problems.found):
        raise SimulatorError(f"{printable(text, _QUOTED)}: {TOO_LARGE}")
    value = node.value if isinstance(node, Scalar) else None
    return text if value is None else value


def named(over: MappingNode) -> tuple[str, ...]:
    """The providers that an overlay is about."""
    providers = over.values.get("providers")
    return tuple(providers.values) if isinstance(providers, MappingNode) else ()


def is_run(file: Path) -> bool:
    """Whether a file is a scenario, right or wrong, and no part of others or experiment."""
    try:
        root = parse(text_of(file), Problems(file.as_posix()))
    except ScenarioFileError:
        return True
    return not isinstance(root, MappingNode) or not any(word in root.values for word in _NOT_RUN)


def _around(root: Node | None, problems: Problems) -> MappingNode | None:
    """A topology file's root: with `topology`, or the topology's own fields."""
    if isinstance(root, MappingNode) and "topology" in root.values:
        return root
    if isinstance(root, MappingNode) and not {"name", "steps", *_NOT_RUN} & set(root.values):
        return MappingNode({"topology": root}, {"topology": root.span}, root.span)
    if root is not None:
        problems.add(root.span, "there is no topology here")
    return None


def _is_literal(text: str) -> bool:
    """Whether a file stands as it is written: nothing in it is put in, repeated or combined, nor is it large."""
    return len(text) <= _LITERAL and not any(word in text for word in ("${", "repeat", "include", "matrix"))


def filled(
    root: MappingNode, variant: Variant, options: LoadOptions, problems: Problems, allowance: Allowance | None
) -> MappingNode:
    """The whole file, with the values of one variant; without an allowance it has no place for any."""
    apart = ("parameters", "matrix")
    inner = replace(root, values={name: value for name, value in root.values.items() if name not in apart})
    content = inner if allowance is None else Substitution(variant.values, problems, allowance=allowance).node(inner)
    assert isinstance(content, MappingNode)  # noqa: S101 (it is a copy)
    values = {**content.values, **{name: root.values[name] for name in apart if name in root.values}}
    topology = values.get("topology")
    if isinstance(topology, MappingNode):
        values["topology"] = _topology(topology, root, variant, options, problems)
    return replace(content, values=values)


def _topology(
    topology: MappingNode, root: MappingNode, variant: Variant, options: LoadOptions, problems: Problems
) -> MappingNode:
    for name, value in variant.settings.items():
        if name in SETTINGS:
            topology = _with(topology, name, value)
        elif isinstance(generate := topology.values.get("generate"), MappingNode):
            topology = _with(topology, "generate", _with(generate, name, value))
        else:
            problems.add(root.keys["matrix"], f'"{name}" varies what the topology would "generate", but it does not')
    topology = with_generated(topology)
    if options.over is not None:
        topology = _overlaid(options.over, topology)
    if not any(_says_something(topology.values.get(name)) for name in ("providers", "generate")):
        problems.add(root.keys["topology"], 'topology needs "providers" or "generate"')
    return topology


def _says_something(node: Node | None) -> bool:
    return node is not None and node != Scalar(None, node.span) and node != MappingNode({}, {}, node.span)


def _with(node: MappingNode, name: str, value: Node) -> MappingNode:
    return replace(node, values={**node.values, name: value}, keys={**node.keys, name: value.span})


def _overlaid(over: MappingNode, topology: MappingNode) -> MappingNode:
    """Providers that the topology does not have are left out; where it has none of those, it stays as it is."""
    about, providers = over.values.get("providers"), topology.values.get("providers")
    if isinstance(about, MappingNode) and isinstance(providers, MappingNode):
        there = {name: value for name, value in about.values.items() if name in providers.values}
        if not there:
            return topology
        over = replace(over, values={**over.values, "providers": replace(about, values=there)})
    made = laid(over, topology)
    return made if isinstance(made, MappingNode) else topology
