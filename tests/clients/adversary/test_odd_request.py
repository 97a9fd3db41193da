"""A request that another client signs, or that is changed on its way out; its client goes on if it is taken."""

from dataclasses import replace

import pytest

from simulator.clients.adversary.odd_request import OddRequest
from simulator.clients.client_state import NotAMember
from simulator.clients.operations import CreateGroup, UpdateClient
from simulator.drafts.requests.endpoint import Outgoing
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal


async def test_another_signs_as_itself(session: Session, group: str) -> None:
    alice, bob, carol = (session.client(name) for name in ("alice.phone", "bob", "carol"))
    before = alice.groups[group].epoch
    with pytest.raises(Refusal, match="signed the request, but not the commit in it") as refused:
        await alice.perform(OddRequest(UpdateClient(group), bob.state))
    assert refused.value.code is Code.not_authorized
    assert alice.groups[group].epoch == before
    with pytest.raises(Refusal, match="bob/phone is not a client of"):
        await alice.perform(OddRequest(CreateGroup(), bob.state))
    with pytest.raises(NotAMember):
        await alice.perform(OddRequest(UpdateClient(group), carol.state))


async def test_changed_on_its_way_out(session: Session, group: str) -> None:
    alice = session.client("alice.phone")
    before = alice.groups[group].epoch

    def cut(outgoing: Outgoing) -> Outgoing:
        return replace(outgoing, body=outgoing.body[:-1])

    with pytest.raises(Refusal) as refused:
        await alice.perform(OddRequest(UpdateClient(group), change=cut))
    assert refused.value.code is Code.malformed
    assert alice.groups[group].epoch == before
    await alice.perform(OddRequest(UpdateClient(group)))
    assert alice.groups[group].epoch == before + 1
