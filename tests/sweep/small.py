"""A small scenario with a parameter, and experiments with it."""

from pathlib import Path

from simulator.sweep.experiment import Experiment
from simulator.sweep.loading import read
from simulator.sweep.plan import Plan, plan

SCENARIO = """
name: Alice gets to know Bob
parameters: {times: 1}
topology:
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
steps:
  - create_group: alice
    as: team
  - send: {by: alice, group: team}
    repeat: ${times}
    as: notes
  - connect: {from: alice, to: bob}
    as: hello
    expect:
      requests: {from: a.example, at_most: 9}
"""
FAILING = SCENARIO.replace("at_most: 9", "count: 0")

EXPERIMENT = """
experiment: How much it costs to get to know somebody
scenarios: small.yaml
"""


def write(folder: Path, scenario: str = SCENARIO) -> Path:
    """The scenario's file."""
    file = folder / "small.yaml"
    file.write_text(scenario)
    return file


def experiment(folder: Path, more: str = "", scenario: str = SCENARIO) -> Experiment:
    """An experiment beside the scenario."""
    write(folder, scenario)
    return read(EXPERIMENT + more, (folder / "experiment.yaml").as_posix())


def planned(folder: Path, more: str = "", scenario: str = SCENARIO) -> Plan:
    """The plan of one."""
    return plan(experiment(folder, more, scenario))
