"""The stock holds what the attacker put there, and nothing else of that kind."""

import pytest

from simulator.clients import SubstitutedKeyPackage
from simulator.clients.operations import AddUsers, CreateGroup
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.federation import Session
from simulator.provider.adversary import substitute
from tests.federated import connected


async def test_what_is_handed_out_is_what_was_put_there(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    alice, provider, bob = session.client("alice"), session.provider("b"), session.client("bob")
    carols = session.provider("c").executor.do(
        lambda context: context.store.key_packages.take(session.client("carol").uri, REGULAR, context.now)
    )
    assert carols is not None
    substitute(provider, bob.uri, [carols])
    assert provider.remaining_key_packages(bob.uri, REGULAR) == 1
    assert provider.remaining_key_packages(bob.uri, CONNECTION) > 0
    group = await alice.perform(CreateGroup())
    with pytest.raises(SubstitutedKeyPackage, match=r"asked for mimi://b\.example/u/bob, got a KeyPackage of mimi://c"):
        await alice.perform(AddUsers(group, (bob.user,)))
