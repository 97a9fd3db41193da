"""From the text of an experiment, or from the words of a command line, to an experiment; or to all that is wrong."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from simulator.drafts import registry
from simulator.scenario.loading.nodes import Mapping as MappingNode
from simulator.scenario.loading.nodes import Node, Scalar
from simulator.scenario.loading.nodes import Sequence as SequenceNode
from simulator.scenario.loading.pipeline import EXPERIMENT, plain, reader, text_of
from simulator.scenario.loading.problems import Problems, Source, Span
from simulator.scenario.loading.tree import parse
from simulator.sweep.experiment import Experiment

REPLACED = ("seeds", "drafts")
"""The fields of an experiment that a command line may say in place of its file."""


def read_file(file: Path, said: Mapping[str, str] = MappingProxyType({})) -> Experiment:
    """The experiment in a file, with what is `said` in place of its own fields, as in `of_words`. Raises
    ScenarioFileError with all that is wrong with it.
    """
    return read(text_of(file), file.as_posix(), said)


def read(text: str, file: str, said: Mapping[str, str] = MappingProxyType({})) -> Experiment:
    """The experiment in a file's text, likewise. Raises ScenarioFileError with all that is wrong with it."""
    problems = Problems(file, text)
    root = parse(text, problems)
    if isinstance(root, MappingNode) and EXPERIMENT not in root.values:
        problems.add(root.span, f'an experiment begins with "{EXPERIMENT}" and what it finds out')
    elif root is not None and not isinstance(root, MappingNode):
        problems.add(root.span, f"an experiment is a mapping with {EXPERIMENT} and scenarios")
    problems.raise_if_any()
    assert root is not None, "what is empty has a problem"  # noqa: S101 (our own bug)
    if isinstance(root, MappingNode):
        values = {**root.values, **_of_options(said)}
        root = MappingNode(values, {name: value.span for name, value in values.items()} | root.keys, root.span)
    return _read(root, problems)


def is_experiment(file: Path) -> bool:
    """Whether a file is one, right or wrong, and no scenario. Raises ScenarioFileError where it can't be read."""
    if not file.is_file():
        return False
    root = parse(text_of(file), Problems(file.as_posix()))
    return isinstance(root, MappingNode) and EXPERIMENT in root.values


def of_words(paths: Sequence[str], said: Mapping[str, str], settings: Mapping[str, str]) -> Experiment:
    """The experiment that a command line describes: paths of scenarios, what is `said` by field (with commas between
    values), and `settings` of parameters. A problem's file is the option, such as `--seeds`. Raises ScenarioFileError.
    """
    problems = Problems(f"{EXPERIMENT} of the command line")
    nowhere = Span(1, 1, 2)
    values: dict[str, Node] = {
        EXPERIMENT: Scalar("A sweep of the command line", nowhere),
        "scenarios": SequenceNode(tuple(_scalar("PATH", path, 0, typed=False) for path in paths), nowhere),
    }
    values |= _of_options(said)
    stop: dict[str, Node] = {name: values.pop(name) for name in ("failures", "interval") if name in values}
    if stop:
        values["stop"] = _mapping(stop, nowhere)
    if settings:
        axes: dict[str, Node] = {
            name: _listed("--set", f"{name}={text}", len(name) + 1, typed=True) for name, text in settings.items()
        }
        values["parameters"] = _mapping(axes, nowhere)
    return _read(_mapping(values, nowhere), problems)


def _of_options(said: Mapping[str, str]) -> dict[str, Node]:
    """What options say, by field."""
    return {
        name: _listed(f"--{_OPTIONS.get(name, name)}", text, 0, typed=name in _NUMBERS) for name, text in said.items()
    }


_NUMBERS = ("seeds", "repetitions", "failures", "interval", "explore")
_OPTIONS = {"drafts": "draft"}
"""Options that are called otherwise than their fields."""


def _read(root: Node, problems: Problems) -> Experiment:
    found: Experiment = reader(problems, registry.usual()[0]).struct(root, Experiment)
    problems.raise_if_any()
    return found


def _mapping(values: Mapping[str, Node], span: Span) -> MappingNode:
    return MappingNode(dict(values), {name: value.span for name, value in values.items()}, span)


def _listed(option: str, text: str, start: int, *, typed: bool) -> Node:
    """The values behind an option, from a column of its text on; one alone is that value."""
    found, column = [], start
    for piece in text[start:].split(","):
        found.append(_scalar(option, text, column, piece, typed=typed))
        column += len(piece) + 1
    return found[0] if len(found) == 1 else SequenceNode(tuple(found), found[0].span)


def _scalar(option: str, text: str, column: int, piece: str | None = None, *, typed: bool) -> Scalar:
    piece = text if piece is None else piece
    span = Span(1, column + 1, column + 1 + max(len(piece), 1), Source.of(option, text))
    return Scalar(plain(piece.strip()) if typed and piece.strip() else piece.strip(), span)
