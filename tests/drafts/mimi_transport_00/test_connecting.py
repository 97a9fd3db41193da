"""A connection is asked for by a connection group."""

import pytest

from simulator.drafts.mls_profile import CONNECTION
from simulator.services.accounts.consent import is_granted
from simulator.services.refusal import Refusal
from tests.federated import federation

ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"


async def test_the_group_is_for_two_and_the_other_user_is_let_in() -> None:
    async with federation() as session:
        alice = session.client("alice")
        uri = await alice.request_connection(BOB)
        (creator, invited) = alice.groups[str(uri)].public.members()
        assert alice.state.draft.mls.kind_of(creator.leaf_node) == CONNECTION
        assert invited.leaf_node.credential.identity == b"mimi://b.example/d/bob/phone"
        home = session.provider("a").executor
        assert home.do(lambda context: is_granted(BOB, ALICE, context))
        assert not session.provider("b").executor.do(lambda context: is_granted(ALICE, BOB, context))


async def test_who_can_t_be_asked_leaves_no_group_behind() -> None:
    async with federation() as session:
        alice = session.client("alice")
        with pytest.raises(Refusal, match="not a user"):
            await alice.request_connection("mimi://b.example/u/nobody")
        assert alice.groups == {}
