"""Every public name of the room times wrong values: what it does not take, it refuses with words."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.net.faults import Partition
from simulator.notebook import Federation, Refused, Traffic, compare, growth, listing, load, load_all, run
from simulator.trace import Exchange
from tests.notebook.recorded import ATTACK, attack

WRONG = (
    None,
    True,
    -1,
    10**30,
    1.5,
    float("nan"),
    "no such thing",
    "",
    "a\x00b\ud800",
    b"x",
    [],
    {},
    (None,),
    object(),
    attack,
)
USERS = {"a.example": {"alice": ["phone"]}, "b.example": {"bob": ["phone"]}}
ROWS = [{"n": 1, "y": 2}, {"n": 2, "y": 4}]

Call = tuple[str, Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def functions() -> Iterator[Call]:
    """The functions, and what can be looked at of a run that was kept."""
    traffic = attack()
    yield "Federation", Federation, (USERS,), {"seed": 1, "now": 1, "http2": True, "key_packages": 1, "authority": None}
    yield "run", run, (ATTACK,), {"seed": 1}
    yield "load", load, (ATTACK,), {}
    yield "load_all", load_all, (ATTACK.parent,), {}
    yield "compare", compare, (traffic, traffic), {}
    yield "Comparison.show", compare(traffic, traffic).show, (3,), {}
    yield "Comparison.only", compare(traffic, traffic).only, (), {"step": "x"}
    yield "growth", growth, (ROWS,), {"x": "n", "y": "y", "by": None, "laws": "n", "titles": ("", "", ""), "log": False}
    yield "growth", growth, (ROWS,), {"x": "n", "y": "y", "laws": {"": "log n"}, "log": True}
    yield "listing", listing, (traffic.exchanges(),), {}
    yield "Traffic", Traffic, (traffic.trace,), {"opened": None}
    yield "Traffic.during", traffic.during, (1,), {}
    yield "Traffic.exchanges", traffic.exchanges, (), {"bodies": True}
    yield "Traffic.fields", traffic.fields, ("epoch",), {}
    yield "Traffic.diagram", traffic.diagram, (), {"rows": 3}
    yield "Traffic.message", traffic.message, (traffic.trace.exchanges[0].number, "request"), {}
    yield "Traffic.cost", traffic.cost, ("endpoint",), {}


def live(federation: Federation) -> Iterator[Call]:
    """What can be done with a federation that runs."""
    alice, owner = federation.client("alice"), federation.provider("a.example")
    alice.connect("bob")
    team = alice.create_group("team")
    request = federation.capture("connection_request", sender="a.example", recipient="b.example")
    yield "client", federation.client, ("alice",), {}
    yield "provider", federation.provider, ("a.example",), {}
    yield "group", federation.group, ("team",), {}
    yield "inject", federation.inject, (Partition(side=("z.example",)),), {}
    yield "fault", federation.fault, (Partition(side=("b.example",)),), {}
    yield "advance", federation.advance, (1,), {}
    yield "do", federation.do, ("send: {by: alice, group: team}",), {}
    yield "capture", federation.capture, ("connection_request",), {"sender": "a.example", "recipient": "b.example"}
    for name in ("connect", "request_connection", "accept_connection"):
        yield name, getattr(alice, name), ("bob",), {}
    yield "create_group", alice.create_group, ("more",), {}
    yield "send", alice.send, (team, "x"), {}
    for name in ("add", "remove"):
        yield name, getattr(alice, name), (team, "bob"), {}
    for name in ("update", "join", "leave", "delete"):
        yield name, getattr(alice, name), (team,), {}
    yield "forward", owner.forward, (request, "b.example"), {}
    yield "replay", owner.replay, (request,), {}
    yield "queued", owner.queued, ("alice.phone",), {}
    yield "changed", request.changed, ({},), {"recipient": "c.example"}
    yield "signed_by", request.signed_by, (owner,), {}
    yield "value", request.value, ("recipient",), {}
    yield "show", request.show, ("",), {"part": "request", "depth": 1}


def judge(call: Call) -> None:
    """Each argument in turn is each wrong value: it is taken, or Refused in a sentence. Anything else is a fault."""
    name, function, args, kwargs = call
    for place in range(len(args)):
        for wrong in WRONG:
            tried(name, function, (*args[:place], wrong, *args[place + 1 :]), kwargs)
    for key in kwargs:
        for wrong in WRONG:
            tried(name, function, args, {**kwargs, key: wrong})


def tried(name: str, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        function(*args, **kwargs)
    except Refused as refused:
        said = str(refused)
        assert said, name
        assert said.replace("\n", "").isprintable(), name
    except Exception as error:
        pytest.fail(f"{name}{args}{kwargs}: {type(error).__name__}: {error}"[:500].encode(errors="replace").decode())


@pytest.mark.parametrize("call", tuple(functions()), ids=lambda call: call[0])
def test_functions_and_traffic(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    judge(call)


def test_a_federation_that_runs() -> None:
    with Federation(USERS, key_packages=1) as federation:
        for call in live(federation):
            judge(call)
        assert all(isinstance(each, Exchange) for each in federation.trace.exchanges)
