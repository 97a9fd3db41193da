"""A federation in cells, from start to stop."""

import gc
import threading
from pathlib import Path

import pytest

from simulator.federation import ProviderSpec, Topology
from simulator.net.faults import Partition
from simulator.notebook import Federation, Refused
from simulator.trace import Exchange

TWO = {"a.example": {"alice": ["phone"]}, "b.example": {"bob": ["phone"]}}


def test_started_and_stopped_and_started_again() -> None:
    federation = Federation(TWO, seed=7, key_packages=1)
    assert repr(federation) == "<federation of a.example, b.example: not running>"
    assert federation.start() is federation
    assert federation.running
    alice = federation.client("alice")
    alice.connect("bob")
    before = federation.traffic.exchanges()
    assert before["endpoint"].to_list().count("connection_request") == 1
    federation.stop()
    federation.stop()
    assert not federation.running
    assert federation.traffic.exchanges().equals(before)
    with pytest.raises(Refused, match="the federation was stopped"):
        alice.create_group()
    with federation:
        assert list(federation.trace.of(Exchange)) == []
        alice.connect("bob")


def test_the_same_seed_makes_the_same_bytes() -> None:
    bodies = []
    for seed in (1, 1, 2):
        with Federation(TWO, seed=seed, key_packages=1) as federation:
            federation.client("alice").connect("bob")
            bodies.append([exchange.request for exchange in federation.trace.exchanges])
    assert bodies[0] == bodies[1] != bodies[2]


def test_a_federation_that_nobody_has_any_more_ends() -> None:
    before = threading.active_count()
    federation = Federation(TWO, key_packages=1).start()
    alice = federation.client("alice")
    assert threading.active_count() == before + 1
    del federation
    gc.collect()
    assert threading.active_count() == before
    with pytest.raises(Refused, match="stopped"):
        alice.create_group()


def test_who_takes_part_can_be_said_in_three_ways(tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_text("providers:\n  a.example: {users: {alice: [phone]}}\n")
    assert [spec.name for spec in Federation(file).topology.providers] == ["a.example"]
    assert Federation(Topology((ProviderSpec("z.example"),), suite=3)).topology.suite == 3
    assert Federation(TWO, http2=True).topology.http2
    with pytest.raises(Refused, match=r'there is no option htp2 \(did you mean "http2"\?\)'):
        Federation(TWO, htp2=True)
    with pytest.raises(Refused, match="no FQDN"):
        Federation({"a": {}})


def test_what_can_t_start_says_why_and_leaves_nothing() -> None:
    before = threading.active_count()
    federation = Federation(Topology((), draft="mimi-transport-99"))
    with pytest.raises(Refused, match="starting the federation: there is no draft mimi-transport-99"):
        federation.start()
    assert threading.active_count() == before
    assert not federation.running


def test_faults_in_a_block_and_until_repaired(federation: Federation) -> None:
    alice, bob = federation.client("alice"), federation.client("bob")
    alice.connect("bob")
    team = alice.create_group("team")
    alice.add(team, "bob")
    with federation.fault(Partition(side=("b.example",))):
        alice.send(team, "one")
        assert bob.messages.is_empty()
    federation.advance(60)
    assert list(bob.messages["text"]) == ["one"]
    federation.inject(Partition(side=("b.example",)))
    alice.send(team, "two")
    assert len(bob.messages) == 1
    federation.repair()
    federation.advance(60)
    assert list(bob.messages["text"]) == ["one", "two"]
    with pytest.raises(Refused, match=r"no provider or host z.example"):
        federation.inject(Partition(side=("z.example",)))


def test_captures(federation: Federation) -> None:
    federation.client("alice").connect("bob")
    assert federation.capture("connection_request", sender="a.example", recipient="b.example").body
    for wrong, words in (
        (("connection_requst", "a.example", "b.example"), r'no connection_requst \(did you mean "connection_request"'),
        (("connection_request", "z.example", "b.example"), "there is no z.example"),
        (("connection_request", "a.example", "c.example"), "there was no request from a.example to c.example"),
    ):
        endpoint, sender, recipient = wrong
        with pytest.raises(Refused, match=words):
            federation.capture(endpoint, sender=sender, recipient=recipient)


def test_names_that_are_not_there(federation: Federation) -> None:
    with pytest.raises(Refused, match=r"^there is no user alcie"):
        federation.client("alcie")
    with pytest.raises(Refused, match=r"^there is no provider z"):
        federation.provider("z")
    with pytest.raises(Refused, match="there is no group team"):
        federation.group("team")


def test_what_it_shows_of_itself(federation: Federation) -> None:
    federation.provider("b.example").stop()
    federation.client("adam.laptop").offline()
    shown = federation._repr_html_()
    assert shown.count(">up<") == 2
    assert shown.count(">down<") == 1
    federation.stop()
    assert federation._repr_html_().count(">down<") == 3
