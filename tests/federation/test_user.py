"""A user of ours has clients and a home; of an external provider's user there is a name."""

from pathlib import Path

import pytest

from simulator.federation import External, ExternalGroup, ProviderSpec, Session, Topology, Unsupported, open_session
from simulator.federation.session import UnknownName
from simulator.net import Authority
from tests.federated import NOW


async def test_a_user_of_ours(with_external: Session) -> None:
    alice = with_external.user("alice")
    assert (alice.at, alice.provider.name, alice.devices) == ("a.example", "a.example", ("phone",))
    assert alice.clients == with_external.clients


async def test_a_users_home_is_out_of_reach(with_external: Session) -> None:
    dave = with_external.user("dave")
    assert (dave.at, dave.devices) == ("d.example", ("phone", "laptop"))
    with pytest.raises(Unsupported, match="what it keeps for dave"):
        dave.provider  # noqa: B018


@pytest.mark.parametrize("name", ["dave.laptop", "dave@d.example.phone", "mimi://d.example/d/dave/phone"])
async def test_its_clients_are_out_of_reach(with_external: Session, name: str) -> None:
    with pytest.raises(Unsupported, match=r"d\.example is an external provider: a client of dave"):
        with_external.client(name)


async def test_which_of_its_clients_has_to_be_said(with_external: Session) -> None:
    for find in (with_external.client, with_external.client_uri):
        with pytest.raises(UnknownName, match=r"dave has 2 clients, .* say dave\.phone or dave\.laptop"):
            find("dave")


async def test_its_clients_have_uris_all_the_same(with_external: Session) -> None:
    assert with_external.user("dave").client_uris == ("mimi://d.example/d/dave/phone", "mimi://d.example/d/dave/laptop")
    assert with_external.client_uri("dave.laptop") == with_external.user("dave").client_uris[1]
    assert with_external.client_uri("alice") == with_external.client("alice").uri


@pytest.mark.parametrize("accepts", [False, True])
async def test_it_may_agree_by_itself(tmp_path: Path, accepts: bool) -> None:
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    there = External("127.0.0.1", 9, tmp_path / "ca.pem", accepts=accepts)
    topology = Topology(
        (
            ProviderSpec("a.example", {"alice": ("phone",)}),
            ProviderSpec("d.example", {"dave": ("phone",)}, external=there),
        )
    )
    async with open_session(topology, seed=1, now=NOW) as session:
        assert (session.user("alice").agrees, session.user("dave").agrees) == (False, accepts)


async def test_groups_that_are_there_are_found_by_what_holds_in_them(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    groups = (ExternalGroup("mimi://d.example/g/open", {"open": True}), ExternalGroup("mimi://d.example/g/usual"))
    there = External("127.0.0.1", 9, tmp_path / "ca.pem", groups=groups)
    ours = ProviderSpec("a.example", {"alice": ("phone",)})
    topology = Topology((ours, ProviderSpec("d.example", {"dave": ("phone",)}, external=there)))
    async with open_session(topology, seed=1, now=NOW) as session:
        dave = session.user("dave")
        found = [dave.group_there(settings) for settings in ({"open": True}, {}, {"open": False})]
        assert found == ["mimi://d.example/g/open", "mimi://d.example/g/usual", None]
        assert session.user("alice").group_there({}) is None
