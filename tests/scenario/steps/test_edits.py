"""All changes, in their order."""

from simulator.codec import opaque, struct
from simulator.drafts.mimi_transport_00.messages.queueing import FanoutRecipient, FanoutRecipientType
from simulator.scenario.steps.edits import Edits


@struct
class Signed:
    recipients: tuple[FanoutRecipient, ...]
    signature: opaque


def _to(client: str) -> FanoutRecipient:
    return FanoutRecipient(FanoutRecipientType.client_identifier, client)


def test_set_insert_duplicate_repeat_delete_flip() -> None:
    edits = Edits(
        set={"recipients.0.client_id": "x"},
        insert={"recipients.1": {"type": "client_identifier", "client_id": "y"}},
        duplicate=("recipients.1",),
        repeat={"recipients.2": 3},
        delete=("recipients.0",),
        flip=("signature",),
    )
    assert edits.changes_fields
    assert edits.edited(Signed((_to("a"),), b"\x00")) == Signed((_to("y"),) * 4, b"\x01")
    assert not Edits().changes_fields
