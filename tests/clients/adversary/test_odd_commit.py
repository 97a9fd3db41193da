from dataclasses import replace

import pytest

from simulator.clients.adversary.odd_commit import OddCommit, Welcomes
from simulator.clients.adversary.odd_psk import Psk
from simulator.drafts.adversary import Adversary
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.services.refusal import Code, Refusal
from tests.clients.agreement import members


async def refusal(session: Session, odd: OddCommit) -> Code:
    """Alice tries; nobody's epoch changes."""
    alice = session.client("alice.phone")
    before = alice.groups[odd.group].epoch
    with pytest.raises(Refusal) as caught:
        await alice.perform(odd)
    assert alice.groups[odd.group].epoch == before
    return caught.value.code


async def test_the_owner_tells_a_commit_that_does_not_fit_its_operation(session: Session, trio_group: str) -> None:
    carol, alice = session.client("carol").uri, session.client("alice.phone")
    assert await refusal(session, OddCommit(trio_group, "add_users", removes=(carol,))) is Code.invalid_commit
    assert await refusal(session, OddCommit(trio_group, "remove_clients", removes=(carol,))) is Code.invalid_proposal
    await alice.perform(OddCommit(trio_group, "remove_users", removes=(carol,)))
    await session.settle()
    assert members(session, trio_group) == ["alice/phone", "bob/phone"]


async def test_what_is_filed_is_what_one_says(session: Session, trio_group: str) -> None:
    carol = session.client("carol")
    changed = {"private": True}, {"flaw": "bad_group_info_signature"}, {"credential": "mimi://b.example/d/eve/phone"}
    codes = [await refusal(session, OddCommit(trio_group, "update_client", **changes)) for changes in changed]
    assert codes == [Code.invalid_commit, Code.invalid_group_info, Code.invalid_leaf_node]
    assert await refusal(session, OddCommit(trio_group, "external_join")) is Code.invalid_commit
    assert await refusal(session, OddCommit(trio_group, "send_message", private=True)) is Code.malformed
    proposed = OddCommit(trio_group, "self_remove_client", removes=(carol.uri,), proposed=True)
    assert await refusal(session, proposed) is Code.invalid_proposal
    update = OddCommit(trio_group, "self_remove_client", flaw="update_with_old_key", proposed=True)
    assert await refusal(session, update) is Code.invalid_proposal
    version = OddCommit(trio_group, "update_client", without_version=True)
    assert await refusal(session, version) is Code.invalid_commit
    other = OddCommit(trio_group, "re_initialize_group", successor="mimi://b.example/g/1")
    assert await refusal(session, other) is Code.invalid_proposal


async def test_a_reinit_ends_the_group_for_others(session: Session, trio_group: str) -> None:
    alice = session.client("alice.phone")
    await alice.perform(OddCommit(trio_group, "re_initialize_group", successor="mimi://a.example/g/next"))
    with pytest.raises(Refusal, match="a ReInit has ended this group") as refused:
        await alice.perform(OddCommit(trio_group, "update_client"))
    assert refused.value.rules[0] == "RFC9420-12.4.2-GROUP-REINITIALIZED"


@pytest.mark.parametrize("welcomes", [Welcomes.none, Welcomes.one_for_all])
async def test_welcomes_that_do_not_fit_are_refused(session: Session, group: str, welcomes: Welcomes) -> None:
    users, mine = (session.user("carol").uri,), (session.client("alice.laptop").uri,)
    odd = OddCommit(group, "add_users", users=users, clients=mine, welcomes=welcomes)
    assert await refusal(session, odd) in (Code.invalid_proposal, Code.invalid_welcome)
    alone = OddCommit(group, "add_users", users=users, welcomes=Welcomes.none)
    assert await refusal(session, alone) is Code.invalid_welcome


async def test_there_has_to_be_something_to_file(session: Session, trio_group: str) -> None:
    alice = session.client("alice.phone")
    with pytest.raises(SimulatorError, match="nothing that could be proposed"):
        await alice.perform(OddCommit(trio_group, "self_remove_client", proposed=True))
    with pytest.raises(SimulatorError, match="create_group takes no commit: delete_group, remove_users, "):
        await alice.perform(OddCommit(trio_group, "create_group"))


async def test_a_draft_may_have_no_operations_and_no_version(session: Session, group: str) -> None:
    alice = session.client("alice.phone")
    state = replace(alice.state, draft=replace(session.draft, adversary=Adversary()))
    with pytest.raises(SimulatorError, match="update_client takes no commit: no operation does"):
        await OddCommit(group, "update_client").prepare(state)
    with pytest.raises(SimulatorError, match="a group of mimi-transport-00 says no version"):
        await OddCommit(group, "update_client", without_version=True).prepare(state)


async def test_a_psk_can_be_where_there_is_no_place_for_it(session: Session, trio_group: str) -> None:
    alice = session.client("alice.phone")
    odd = OddCommit(trio_group, "add_users", psks=(Psk(trio_group),))
    with pytest.raises(Refusal) as refused:
        await alice.perform(odd)
    assert refused.value.rules[0] == "RFC9420-12.1.4-PSK-USAGE"


async def test_a_leaf_by_a_profile_of_its_own(session: Session, trio_group: str) -> None:
    alice = session.client("alice.phone")
    assert await refusal(session, OddCommit(trio_group, "update_client", flaw="filled_mark")) is Code.invalid_leaf_node
    await alice.perform(OddCommit(trio_group, "update_client", flaw="mls_extensions"))
    assert alice.groups[trio_group].own_leaf.capabilities.proposals == (8, 10)


async def test_a_proposal_that_the_client_itself_would_not_send(session: Session, trio_group: str) -> None:
    odd = OddCommit(trio_group, "self_remove_client", proposed=True, private=True, flaw="unknown_kind")
    assert await refusal(session, odd) is Code.invalid_proposal
