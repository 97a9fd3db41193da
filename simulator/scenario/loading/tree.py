"""From the text of a YAML file to its tree: by libyaml where there is nothing to say about it, else by ruamel."""

from simulator.scenario.loading import libyaml
from simulator.scenario.loading.nodes import Node
from simulator.scenario.loading.problems import Problems, Source


def parse(text: str, problems: Problems, source: Source | None = None) -> Node | None:
    """The document in `text`, which is that of `source`. None where it is empty or no YAML; `problems` says why."""
    source = source or problems.source
    read = libyaml.tree(text, source)
    if read is not None:
        return read
    from simulator.scenario.loading import building  # ruamel takes longer to import than most files to read

    return building.tree(text, problems, source)
