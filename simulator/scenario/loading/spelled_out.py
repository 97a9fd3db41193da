"""A scenario as plain data in which nothing stands for anything else.

Parts are included, parameters have their values, `repeat` and `generate` are carried out, one combination of the matrix
is chosen and one draft. What is written from it is a file that needs no other file and no option.
"""

from pathlib import Path
from typing import Any

from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.scenario.loading.draft_choice import with_draft
from simulator.scenario.loading.including import with_included
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.loading.nodes import Mapping as MappingNode
from simulator.scenario.loading.nodes import Node, Sequence
from simulator.scenario.loading.pipeline import LoadOptions, filled, text_of
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.substitution import Allowance
from simulator.scenario.loading.tree import parse
from simulator.scenario.loading.variants import variants

_APART = ("parameters", "matrix", "drafts", "other_drafts", "covers")
"""Fields that say nothing about one run."""


def spelled_out(scenario: Scenario, seed: int) -> dict[str, Any]:
    """The file of a scenario, with this seed, and with the rules that are waived in it.

    Raises ScenarioFileError where the file has changed and is none any more, SimulatorError where a provider is
    somebody else's.
    """
    external = [name for name, provider in scenario.topology.providers.items() if provider.external is not None]
    if external:
        raise SimulatorError(f"{scenario.id}: {external[0]} is run by somebody else: no file alone says what it does")
    problems = Problems(scenario.file, text := text_of(Path(scenario.file)))
    root = parse(text, problems)
    problems.raise_if_any()
    assert isinstance(root, MappingNode)  # noqa: S101 (a scenario was read from it)
    root = with_included(root, problems)
    options = LoadOptions(dict(scenario.parameters))  # all axes of its matrix are among them
    (variant,) = variants(root, options.parameters, problems)
    content = filled(root, variant, options, problems, Allowance())
    problems.raise_if_any()
    return _content(scenario, seed, plain(with_draft(content, registry.named(scenario.topology.draft))))


def _content(scenario: Scenario, seed: int, data: Any) -> dict[str, Any]:
    topology = {name: value for name, value in data["topology"].items() if name != "generate"}
    if scenario.topology.waive:
        topology["waive"] = list(scenario.topology.waive)
    kept = {name: value for name, value in data.items() if name not in _APART}
    return {**kept, "seed": seed, "topology": topology}


def plain(node: Node) -> Any:
    """A tree without its places, as a file would say it that has no parameters."""
    match node:
        case MappingNode(values):
            return {name: plain(value) for name, value in values.items()}
        case Sequence(parts):
            return [plain(part) for part in parts]
        case _:
            return node.value.replace("${", "$${") if isinstance(node.value, str) else node.value
