"""The names that a scenario defines."""

from simulator.scenario.defined_names import names_of
from simulator.scenario.loading.loader import read
from simulator.scenario.names import Kind
from tests.scenario.small_scenarios import TEAM, TOPOLOGY

STEPS = f"""{TEAM}
  - send: {{by: alice, group: team}}
    as: greeting
    repeat: 2
  - together:
      - send: {{by: bob, group: team}}
        as: inner
      - send: {{by: carol, group: team}}
"""


def test_those_of_its_topology_and_of_its_steps() -> None:
    names = names_of(read(TOPOLOGY + STEPS, "x.yaml"))
    known = {
        Kind.provider: "a.example",
        Kind.user: "bob",
        Kind.client: "carol.phone",
        Kind.group: "team",
        Kind.message: "inner",
        Kind.step: "greeting",
        Kind.endpoint: "fan_out",
    }
    assert [names.complaint(kind, name) for kind, name in known.items()] == [None] * len(known)
    assert names.complaint(Kind.message, "greting") == 'unknown message "greting" (did you mean "greeting"?)'
