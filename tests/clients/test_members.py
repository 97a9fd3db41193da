"""Members by name, and names that nobody has."""

import pytest

from simulator.clients import NoSuchMember
from simulator.clients.members import clients, leaves_of_clients, leaves_of_users, own_leaf
from simulator.federation import Session


async def test_names_and_leaves(session: Session, group: str) -> None:
    view, bob = session.client("alice.phone").groups[group], session.client("bob")
    assert clients(view) == {0: session.client("alice.phone").uri, 1: bob.uri}
    assert leaves_of_users(view, (bob.user,)) == leaves_of_clients(view, (bob.uri,)) == (1,)
    assert own_leaf(view) == view.public.members()[0].leaf_node


async def test_nearest_name(session: Session, group: str) -> None:
    view = session.client("alice.phone").groups[group]
    with pytest.raises(NoSuchMember, match=r'did you mean "mimi://b\.example/u/bob"'):
        leaves_of_users(view, ("mimi://b.example/u/bop",))
    with pytest.raises(NoSuchMember, match=r'did you mean "mimi://b\.example/d/bob/phone"'):
        leaves_of_clients(view, ("mimi://b.example/d/bob/fone",))
