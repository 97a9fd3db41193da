"""Groups as pictures."""

import re

from simulator.notebook import Federation
from simulator.notebook.figures.trees import group


def test_a_tree_has_a_circle_for_each_node_and_blank_ones_are_dashed(federation: Federation) -> None:
    alice = federation.client("alice")
    alice.connect("bob", "carol")
    team = alice.create_group("team")
    alice.add(team, "bob", "carol")
    before = team.display.html
    assert before.count("<circle") == 7
    assert before.count("stroke-dasharray") == 4  # nobody has committed with a path so far, and leaf 3 is empty
    assert re.findall(r'text-anchor="middle">([a-z.]+)</text>', before) == ["alice.phone", "bob.phone", "carol.phone"]
    alice.update(team)
    after = team.display.html
    assert after.count("stroke-dasharray") < 4
    authenticators = re.findall(r"<td>2</td><td>(<code.*?</code>)", after)
    assert len(authenticators) == 3
    assert len(set(authenticators)) == 1


def test_a_group_that_nobody_has() -> None:
    shown = group("team", "mimi://a.example/g/1", {})
    assert "No client here is a member" in shown.html
    assert repr(shown) == "team (mimi://a.example/g/1): nobody's"


def test_a_member_who_is_elsewhere(federation: Federation) -> None:
    alice = federation.client("alice")
    alice.connect("bob")
    team = alice.create_group("team")
    alice.add(team, "bob")
    federation.do("lose_state: {by: bob, group: team}")
    assert "<td>bob.phone</td><td>elsewhere</td>" in team.display.html
