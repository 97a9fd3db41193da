"""Of an external provider there are names; whatever else is wanted of it is said to be out of reach."""

import pytest

from simulator.federation import Session, UnknownName, Unsupported
from simulator.federation.topology import Certificate
from simulator.net.faults import Partition


async def test_its_names_are_known(with_stranger: Session) -> None:
    assert (with_stranger.user("dave").uri, with_stranger.user("dave@d.example").at) == (
        "mimi://d.example/u/dave",
        "d.example",
    )
    assert with_stranger.peer("d").ds_host == "ds.d.example"
    assert [peer.name for peer in with_stranger.peers] == ["a.example", "d.example"]
    with pytest.raises(UnknownName, match=r'no client dave\.phoen \(did you mean "dave\.phone"'):
        with_stranger.client("dave.phoen")


async def test_what_is_ours_is_all_that_runs_here(with_stranger: Session) -> None:
    assert [provider.name for provider in with_stranger.providers] == ["a.example"]
    assert [user.name for user in with_stranger.users] == ["alice"]
    assert [client.name for client in with_stranger.clients] == ["alice.phone"]


async def test_its_state_is_out_of_reach(with_stranger: Session) -> None:
    with pytest.raises(Unsupported, match=r"d\.example is an external provider: its state"):
        with_stranger.provider("d.example")
    with pytest.raises(Unsupported):
        with_stranger.sign_as("d.example", None)
    with pytest.raises(Unsupported):
        with_stranger.remove_user("dave")


async def test_its_machine_is_out_of_reach(with_stranger: Session) -> None:
    for control in (with_stranger.start, with_stranger.stop, with_stranger.crash):
        with pytest.raises(Unsupported, match="external"):
            await control("d.example")
    with pytest.raises(Unsupported, match="external"):
        await with_stranger.present("d.example", Certificate.expired)


async def test_the_way_to_it_can_fail_like_any_other(with_stranger: Session) -> None:
    with with_stranger.inject(Partition(side=("d.example",))) as cut:
        assert (await with_stranger.probe_tls("d")).__class__.__name__ == "TLSRefusal"
        await with_stranger.settle()
    assert cut.hits == 0
