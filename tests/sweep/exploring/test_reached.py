"""What is reached in a run."""

from typing import Any

from simulator.sweep.exploring.reached import reached
from simulator.trace import Event, Exchange, ProtocolEvent

GROUP = "mimi://a.example/g/1"


def by(user: str, kind: str, number: int, **more: Any) -> Event:
    uri = f"mimi://{user[0]}.example/d/{user}/phone"
    return ProtocolEvent(started=0, number=number, role="client", actor=uri, name=user, kind=kind, **more)


def asked(number: int, **more: Any) -> Event:
    said = {"sender": "a.example", "recipient": "b.example", "endpoint": "put", "method": "POST", "url": "https://b"}
    return Exchange(started=0, number=number, request_headers=(), request=b"", seconds=0, **{**said, **more})


def test_answers_refusals_and_their_absence() -> None:
    events = (
        asked(1, status=200),
        asked(2, status=403, code="forbidden", operation="add"),
        asked(3, error="reset", fault="reset after 4"),
        asked(4, status=200),
    )
    assert reached(events) == {"put: 200": 1, "add: forbidden": 2, "put: no answer": 3, "put: fault reset": 3}


def test_what_happened_and_after_what() -> None:
    events = (
        by("alice", "Sent", 1, group=GROUP),
        by("alice", "Rejected", 2, group=GROUP, rule="wrong", rules=("A", "B"), requirement="C"),
    )
    found = reached(events)
    assert {"client Sent", "client Rejected after Sent", "Rejected wrong", "rule A", "rule B", "requirement C"} <= set(
        found
    )
    assert found["rule B"] == 2


def test_the_size_of_a_group_at_its_providers_and_its_epoch() -> None:
    events = [by(name, "Joined", number, group=GROUP, epoch=number) for number, name in enumerate(
        ("alice", "adam", "anna", "amy", "bob", "ann"), start=1
    )]  # fmt: skip
    events.append(by("bob", "Removed", 7, group=GROUP))
    found = reached(events)
    assert [word for word in found if word.startswith("a group")] == [
        "a group of [1]",
        "a group of [2]",
        "a group of [3]",
        "a group of [4]",
        "a group of [4, 1]",
    ]
    assert found["epoch 4"] == 4
    assert "epoch 5" not in found
