"""Of an external provider there are names; whatever else is wanted of it is said to be out of reach."""

import pytest

from simulator.federation import Session, UnknownName, Unsupported
from simulator.federation.topology import Certificate
from simulator.net.faults import Partition


async def test_its_names_are_known(with_external: Session) -> None:
    assert (with_external.user("dave").uri, with_external.user("dave@d.example").at) == (
        "mimi://d.example/u/dave",
        "d.example",
    )
    assert with_external.peer("d").service_host == "ds.d.example"
    assert [peer.name for peer in with_external.peers] == ["a.example", "d.example"]
    with pytest.raises(UnknownName, match=r'no client dave\.phoen \(did you mean "dave\.phone"'):
        with_external.client("dave.phoen")


async def test_what_is_ours_is_all_that_runs_here(with_external: Session) -> None:
    assert [provider.name for provider in with_external.providers] == ["a.example"]
    assert [user.name for user in with_external.users] == ["alice"]
    assert [client.name for client in with_external.clients] == ["alice.phone"]


async def test_its_state_is_out_of_reach(with_external: Session) -> None:
    with pytest.raises(Unsupported, match=r"d\.example is an external provider: its state"):
        with_external.provider("d.example")
    with pytest.raises(Unsupported):
        with_external.sign_as("d.example", None)
    with pytest.raises(Unsupported):
        with_external.remove_user("dave")


async def test_its_machine_is_out_of_reach(with_external: Session) -> None:
    for control in (with_external.start, with_external.stop, with_external.crash):
        with pytest.raises(Unsupported, match="external"):
            await control("d.example")
    with pytest.raises(Unsupported, match="external"):
        await with_external.present("d.example", Certificate.expired)


async def test_the_way_to_it_can_fail_like_any_other(with_external: Session) -> None:
    with with_external.inject(Partition(side=("d.example",))) as cut:
        assert (await with_external.probe_tls("d")).__class__.__name__ == "TLSRefusal"
        await with_external.settle()
    assert cut.hits == 0
