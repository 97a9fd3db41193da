"""A scenario as a Mermaid diagram."""

from simulator.cli.output.mermaid import diagram
from simulator.scenario import load_text
from tests.scenario.shipped import SHIPPED
from tests.scenario.small_scenarios import TEAM, WITH_LAPTOP, scenario


def test_boxes_arrows_and_notes() -> None:
    steps = """
  - send: {by: bob, group: team, text: "one; two"}
    expect: {error: wrong_epoch}
  - together:
      - send: {by: bob, group: team}
      - send: {by: carol, group: team}
"""
    assert [line.strip() for line in diagram(scenario(TEAM + steps, WITH_LAPTOP))] == [
        "sequenceDiagram",
        "title a test",
        "box transparent a.example",
        "participant p1 as a.example",
        "actor c1 as alice.phone",
        "actor c3 as alice.laptop",
        "end",
        "box transparent b.example",
        "participant p2 as b.example",
        "actor c5 as bob.phone",
        "end",
        "box transparent c.example",
        "participant p3 as c.example",
        "actor c8 as carol.phone",
        "end",
        "c1->>c5: connect: from: alice.phone, to: [bob, carol]",
        "c1->>c8: connect: from: alice.phone, to: [bob, carol]",
        "Note over c1: create_group team: by: alice.phone",
        "c1->>c5: add_users: by: alice.phone, group: team, users: [bob, carol]",
        "c1->>c8: add_users: by: alice.phone, group: team, users: [bob, carol]",
        "Note over c5: send: by: [bob], group: team, text: one#59; two",
        "Note over p1,c8: expected: error wrong_epoch",
        "par",
        "Note over c5: send: by: [bob], group: team",
        "and",
        "Note over c8: send: by: [carol], group: team",
        "end",
    ]


def test_providers_named_after_colours_are_titles() -> None:
    text = """
name: "100 %% sure; $$x$$"
topology:
  providers:
    field.example: {users: {alice: [phone]}}
    tan.example: {users: {bob: [phone]}}
steps:
  - connect: {from: alice, to: bob}
"""
    lines = [line.strip() for line in diagram(load_text(text, "cell")[0])]
    assert lines[1] == "title 100 #37;#37; sure#59; #36;#36;x#36;#36;"
    assert [line for line in lines if line.startswith("box")] == [
        "box transparent field.example",
        "box transparent tan.example",
    ]


def test_every_scenario_can_be_drawn_with_lanes_that_exist() -> None:
    for each in SHIPPED:
        lines = [line.strip() for line in diagram(each)]
        lanes = {line.split()[1] for line in lines if line.startswith(("participant ", "actor "))}
        for line in lines:
            head = line.partition(":")[0]
            if "->>" in head:
                assert set(head.split("->>")) <= lanes, each.id
            elif head.startswith("Note over "):
                assert set(head.removeprefix("Note over ").split(",")) <= lanes, each.id
