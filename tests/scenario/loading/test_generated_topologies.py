"""Topologies of any size."""

import pytest

from simulator.scenario import ScenarioFileError
from simulator.scenario.loading.loader import read
from simulator.scenario.steps.add_users import AddUsers
from simulator.scenario.steps.send import Send
from simulator.scenario.topology import Topology


def topology(said: str) -> Topology:
    return read(f"name: x\ntopology: {said}\nsteps: []\n", "x.yaml").topology


def test_providers_users_and_clients_are_counted() -> None:
    made = topology("{generate: {providers: 2, users: 2, clients: 2}}")
    assert {name: provider.users.clients for name, provider in made.providers.items()} == {
        "p1.example": {"p1-u1": ("c1", "c2"), "p1-u2": ("c1", "c2")},
        "p2.example": {"p2-u1": ("c1", "c2"), "p2-u2": ("c1", "c2")},
    }


def test_what_is_listed_is_laid_over() -> None:
    made = topology(
        "{generate: {providers: 2}, providers: {p2.example: {max_body: 9}, x.example: {users: {xenia: phone}}}}"
    )
    assert list(made.providers) == ["p1.example", "p2.example", "x.example"]
    second = made.providers["p2.example"]
    assert (second.max_body, second.users.clients) == (9, {"p2-u1": ("c1",)})


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("{generate: {providers: 0}}", "2:34: expected a number >= 1"),
        ("{generate: {providers: many}}", '2:34: expected a whole number, not text "many"'),
        (
            "{generate: {providers: 100, users: 1000}}",
            "2:22: providers x users x clients: 20000 clients are the most",
        ),
        ("{generate: {users: 3}}", '2:22: generate needs "providers"'),
        ("{generate: 3}", "2:22: expected generate: a mapping with providers, users, clients"),
        ("{http2: true}", 'topology needs "providers" or "generate"'),
    ],
)
def test_what_can_not_be_generated(said: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        topology(said)
    assert complaint in str(raised.value)


def test_everybody_has_a_word_in_lists_of_names() -> None:
    steps = """
steps:
  - create_group: p1-u1.c1
    as: team
  - add_users: {by: p1-u1.c1, group: team, users: all but p1-u1}
  - send: {by: [p2-u1.c1, p1-*], group: team}
"""
    _, add, send = read("name: x\ntopology: {generate: {providers: 2, users: 2, clients: 2}}" + steps, "x.yaml").steps
    assert isinstance(add.step, AddUsers)
    assert add.step.users == ("p1-u2", "p2-u1", "p2-u2")
    assert isinstance(send.step, Send)
    assert send.step.by == ("p2-u1.c1", "p1-u1.c1", "p1-u1.c2", "p1-u2.c1", "p1-u2.c2")
