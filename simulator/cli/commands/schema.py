"""`mimi-sim schema`."""

import json

from simulator.cli.arguments import Draft
from simulator.cli.output.console import emit


def schema(draft: Draft = None) -> None:
    """Print the JSON Schema of scenario files and experiments, from which editors complete and check.

    In an editor with the YAML language server, this line at the top of a scenario is enough:
    `# yaml-language-server: $schema=mimi.schema.json`

    Examples:

        mimi-sim schema > mimi.schema.json
    """
    from simulator.scenario.json_schema import json_schema, struct
    from simulator.scenario.loading.pipeline import EXPERIMENT
    from simulator.sweep.experiment import Experiment

    emit(json.dumps(json_schema({EXPERIMENT: struct(Experiment)}), indent=2, ensure_ascii=False) + "\n")
