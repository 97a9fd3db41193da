"""Connections: each provider keeps its own users' side."""

import pytest

from simulator.services import connections
from simulator.services.names import BadName
from simulator.services.refusal import Code
from tests.services.bench import Bench

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"


def connected(bench: Bench, user: str, peer: str) -> bool:
    return bench.do(lambda context: connections.connected(user, peer, context))


def test_who_agreed_is_connected_until_it_ends(bench: Bench) -> None:
    bench.client("alice.phone@a")
    assert not connected(bench, ALICE, BOB)
    bench.do(lambda context: connections.accepted(ALICE, BOB, context))
    assert connected(bench, ALICE, BOB)
    assert not connected(bench, BOB, ALICE)
    bench.do(lambda context: connections.ended(ALICE, BOB, context))
    assert not connected(bench, ALICE, BOB)


def test_one_is_connected_with_oneself(bench: Bench) -> None:
    assert connected(bench, ALICE, ALICE)


def test_only_own_users_agree_with_users(bench: Bench) -> None:
    bench.refuses(Code.unknown_user, lambda context: connections.accepted(BOB, ALICE, context))
    bench.client("alice.phone@a")
    with pytest.raises(BadName):
        bench.do(lambda context: connections.accepted(ALICE, "bob", context))
