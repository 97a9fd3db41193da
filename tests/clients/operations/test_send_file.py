"""A file is kept by the sender's provider before the message goes out."""

import pytest

from simulator.clients import NotAMember
from simulator.clients.events.events import Sent
from simulator.clients.operations import SendFile
from simulator.errors import Misuse
from simulator.federation import Session


async def test_the_provider_gets_what_nobody_can_read(room: tuple[Session, str]) -> None:
    session, group = room
    carol = session.client("carol")
    await carol.perform(SendFile(group, b"Look!", b"a picture"))
    assert carol.events[-1] == Sent(group, 1, b"Look!")
    rows = session.provider("c.example").executor.store.own_rows()["files"]
    assert len(rows) == 1
    await session.settle()
    assert session.client("alice").inbox[-1].attachment


async def test_who_is_no_member_uploads_nothing(room: tuple[Session, str]) -> None:
    session, group = room
    with pytest.raises(NotAMember):
        await session.client("carol").perform(SendFile(f"{group}x", b"Look!", b"a picture"))
    assert not session.provider("c.example").executor.store.own_rows()["files"]


async def test_a_draft_without_files(session: Session, group: str) -> None:
    with pytest.raises(Misuse, match="messages refer to no files"):
        await session.client("bob").perform(SendFile(group, b"Look!", b"a picture"))
