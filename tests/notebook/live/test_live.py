"""A federation in cells, from start to stop."""

import gc
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.federation import ProviderSpec, Topology
from simulator.net.faults import Partition
from simulator.notebook import Federation, Refused
from simulator.trace import Exchange
from tests.cli.process import environment

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


def test_its_record_says_who_waives_what_from_the_start() -> None:
    assert Federation(TWO).trace.header.waived == {}
    one = Federation(TWO, waive={"b.example": "P-4-ONE-COMMIT"})
    assert one.trace.header.waived == {"b.example": ("P-4-ONE-COMMIT",)}
    assert set(Federation(TWO, waive="P-4-ONE-COMMIT").trace.header.waived) == {"a.example", "b.example"}


def test_the_same_seed_makes_the_same_bytes() -> None:
    bodies = []
    for seed in (1, 1, 2):
        with Federation(TWO, seed=seed, key_packages=1) as federation:
            federation.client("alice").connect("bob")
            bodies.append([exchange.request for exchange in federation.trace.exchanges])
    assert bodies[0] == bodies[1] != bodies[2]


@pytest.mark.parametrize(
    "hold",
    [
        lambda federation: federation.client("alice"),
        lambda federation: federation.provider("a.example"),
        lambda federation: federation.client("alice").create_group("team"),
    ],
    ids=["client", "provider", "group"],
)
def test_a_federation_lasts_as_long_as_something_of_it_is_held(hold: Callable[[Federation], Any]) -> None:
    before = set(threading.enumerate())  # some of them may end meanwhile: trio keeps idle ones for a while
    held = hold(Federation(TWO, key_packages=1).start())
    gc.collect()
    assert len(set(threading.enumerate()) - before) == 1
    assert held._repr_html_()
    del held
    gc.collect()
    assert set(threading.enumerate()) <= before


def test_what_was_recorded_keeps_nothing_up() -> None:
    gc.collect()
    before = threading.active_count()
    federation = Federation(TWO, key_packages=1).start()
    federation.client("alice").connect("bob")
    traffic = federation.traffic
    del federation
    gc.collect()
    assert threading.active_count() <= before, "one that a test before has left may have ended meanwhile"
    assert len(traffic.exchanges()) > 3


FORKED = """
import os, sys
from simulator.notebook import Federation, Refused

with Federation({"a.example": {"alice": ["phone"]}}) as federation:
    alice = federation.client("alice")
    child = os.fork()
    if child == 0:
        for use in (lambda: federation.client("alice"), lambda: alice.create_group(), lambda: alice.events):
            try:
                use()
            except Refused as error:
                print(error, flush=True)
        print(federation.running, flush=True)
        with Federation({"b.example": {"bob": ["phone"]}}) as other:
            print(other.client("bob").create_group("own").members, flush=True)
        sys.exit()
    os.waitpid(child, 0)
    print(federation.running, alice.create_group("team").members, flush=True)
"""


def test_a_process_that_was_forked_has_no_federation_but_may_have_its_own() -> None:
    # From Python 3.12 on, a fork beside a thread is warned of.
    program = [sys.executable, "-W", "ignore:This process:DeprecationWarning", "-c", FORKED]
    ended = subprocess.run(program, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    why = "the federation runs in the process from which this one was forked: start another here"
    assert ended.stdout.splitlines() == [
        why,
        f"alice.phone creates group: {why}",
        why,
        "False",
        "{'bob.phone': 0}",
        "True {'alice.phone': 0}",
    ]
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_group_goes_by_its_name_wherever_one_is_taken(federation: Federation) -> None:
    alice, bob = federation.client("alice"), federation.client("bob")
    alice.connect(bob)
    alice.create_group("team")
    alice.add("team", bob)
    alice.send("team", "x")
    bob.update("team")
    adam = federation.client("adam.phone")
    alice.connect(adam)
    alice.add("team", adam)
    adam.leave("team")
    assert list(bob.messages["text"]) == ["x"]
    alice.remove("team", "bob")
    alice.delete("team")
    with pytest.raises(Refused, match=r'^send: there is no group temm \(did you mean "team"\?\)$'):
        alice.send("temm", "x")


@pytest.mark.parametrize(
    ("span", "passed"),
    [("10 minutes", 600), (90, 90), ("2h", 7200), (timedelta(days=1), 86_400), ("1 Day", 86_400), (0, 0)],
)
def test_time_passes_as_it_is_said(federation: Federation, span: Any, passed: int) -> None:
    federation.advance(span)
    assert federation.trace.steps[-1].label == f"1 {passed} s pass"


def test_what_is_of_another_federation_or_of_an_earlier_run_is_refused(federation: Federation) -> None:
    with Federation(TWO, key_packages=1) as other:
        alice, theirs, bob = federation.client("alice"), other.client("alice"), federation.client("bob")
        team, foreign = alice.create_group("team"), theirs.create_group("team")
        alice.connect("bob")
        request = federation.capture("connection_request", sender="a.example", recipient="b.example")
        for use in (
            lambda: alice.send(foreign, "x"),
            lambda: alice.add(team, theirs),
            lambda: alice.connect(theirs),
            lambda: federation.provider("a.example").forward(request, other.provider("b.example")),
            lambda: other.provider("a.example").replay(request),
            lambda: federation.provider("a.example").queued(theirs),
            lambda: request.signed_by(other.provider("a.example")),
        ):
            with pytest.raises(Refused, match="another federation"):
                use()
    federation.stop()
    for late in (lambda: team.members, lambda: alice.send(team, "x"), lambda: alice.send("team", "x")):
        with pytest.raises(Refused, match="stopped"):
            late()
    federation.start()
    assert bob.messages.is_empty()
    for stale in (lambda: team.members, lambda: team.received, lambda: team.display, lambda: alice.send(team, "x")):
        with pytest.raises(Refused, match="team ended with the federation, which was started anew"):
            stale()


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


def test_an_unknown_draft_is_said_before_anything_starts() -> None:
    with pytest.raises(Refused, match='unknown draft "mimi-transport-99"'):
        Federation(Topology((), draft="mimi-transport-99"))


def test_what_can_t_start_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    (tmp_path / "ca").write_text("a file")
    federation = Federation(Topology((), authority=tmp_path / "ca"))
    with pytest.raises(Refused, match="starting the federation: "):
        federation.start()
    assert set(threading.enumerate()) <= before
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
