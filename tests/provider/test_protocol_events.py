"""A provider tells what it refuses and how it lives; without a recorder to nobody."""

from simulator.provider.protocol_events import ProtocolEventLog
from simulator.services.refusal import Code, Refusal
from simulator.trace import ProtocolEvent, Recorder


def test_a_refusal_is_told_with_its_rule() -> None:
    recorder = Recorder()
    ProtocolEventLog("a.example", recorder).refused(
        Refusal(Code.wrong_epoch, "too old", operation="add_users", group="g"), "b"
    )
    (event,) = recorder.events
    assert isinstance(event, ProtocolEvent)
    assert (event.kind, event.rule, event.reason, event.operation, event.group, event.peer) == (
        "Refused",
        "wrong_epoch",
        "too old",
        "add_users",
        "g",
        "b",
    )


def test_its_life_is_told() -> None:
    recorder = Recorder()
    event_log = ProtocolEventLog("a.example", recorder)
    event_log.changed_state("Started")
    event_log.changed_state("Crashed")
    assert [event.kind for event in recorder.events if isinstance(event, ProtocolEvent)] == ["Started", "Crashed"]


def test_without_a_recorder_nothing_is_kept() -> None:
    ProtocolEventLog("a.example").changed_state("Started")
