"""A provider notes what a draft has it note of its own clients."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from simulator.clients.operations import AddUsers, CreateGroup, RemoveUsers, Send
from simulator.drafts import registry
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.requests.endpoint import Outgoing
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext
from tests.federated import connected, federation

BOB = "mimi://b.example/u/bob"


@dataclass
class Notes:
    """Of all providers, as a draft has them made that needs them."""

    made: list[tuple[str, str, str, str]] = field(default_factory=list)

    def asking(self, outgoing: Outgoing, context: ServiceContext) -> None:
        self.made.append(("asking", context.provider, outgoing.client or "", outgoing.operation))

    def accepted(self, outgoing: Outgoing, context: ServiceContext) -> None:
        self.made.append(("accepted", context.provider, outgoing.client or "", outgoing.operation))

    def refused(self, outgoing: Outgoing, context: ServiceContext) -> None:
        self.made.append(("refused", context.provider, outgoing.client or "", outgoing.operation))

    def left(self, client: str, group: str, context: ServiceContext) -> None:
        self.made.append(("left", context.provider, client, group))


async def test_a_draft_may_note_what_own_clients_ask_and_where_they_are_not_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A request is noted before its hub can have carried it out, one to ourselves and one to another provider alike."""
    notes = Notes()
    draft = replace(MIMI_TRANSPORT_00, name="with-notes", own_requests=notes)
    monkeypatch.setitem(registry._by_path, Path(draft.name), draft)
    async with federation(draft=draft.name) as session:
        await connected(session, ("alice", "bob"))
        alice, bob = session.client("alice"), session.client("bob")
        group = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(group, (BOB,)))
        await session.settle()
        stale = await bob.prepare(Send(group, b"too late"))
        removing = await alice.prepare(RemoveUsers(group, (BOB,)))
        notes.made.clear()
        await alice.submit(removing)
        with pytest.raises(Refusal):
            await bob.submit(stale)
        await session.settle()
        assert notes.made == [
            ("asking", "a.example", alice.uri, "remove_users"),
            ("accepted", "a.example", alice.uri, "remove_users"),
            ("asking", "b.example", bob.uri, "send_message"),
            ("refused", "b.example", bob.uri, "send_message"),
            ("left", "b.example", bob.uri, group),
        ]
