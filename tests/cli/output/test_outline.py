"""A scenario as text."""

from simulator.cli.output.outline import outline
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, scenario


def test_who_takes_part_what_happens_and_what_must_come_of_it() -> None:
    steps = """
  - send: {by: bob, group: team}
    note: He was removed.
    expect: {http: 403, error: not_authorized}
  - expect: {members: {group: team, clients: [alice, bob, carol]}}
"""
    head = TOPOLOGY.replace("key_packages: 3", "http2: true").lstrip()
    assert list(outline(scenario(TEAM + steps, head))) == [
        "test",
        "  a test",
        "",
        "  http2: true",
        "  a.example  alice (phone)",
        "  b.example  bob (phone)",
        "  c.example  carol (phone)",
        "",
        "  10  connect  from: alice.phone, to: [bob, carol]",
        "  11  create_group team  by: alice.phone",
        "  13  add_users  by: alice.phone, group: team, users: [bob, carol]",
        "  15  send  by: [bob], group: team",
        "      (He was removed.)",
        "      -> error not_authorized, http 403",
        "  18  check",
        "      -> members group: team, clients: [alice, bob, carol]",
    ]


def test_links_are_shown_with_their_units() -> None:
    head = (
        "network: {latency: 40 ms, loss: 0.5 %, links: {a.example <-> b.example: {bandwidth: 64 kbit/s}, "
        "c.example -> a.example: {}}}" + TOPOLOGY
    )
    lines = list(outline(scenario(TEAM, head)))
    assert [line for line in lines if "network" in line or "->" in line] == [
        "  network: latency: 40 ms, loss: 0.5 %",
        "    a.example -> b.example: bandwidth: 64 kbit/s",
        "    b.example -> a.example: bandwidth: 64 kbit/s",
        "    c.example -> a.example: as all others",
    ]
    assert "  network" in outline(scenario(TEAM, "network: {}" + TOPOLOGY))
