"""The endpoints of mimi-transport-00 in real federations: who sends is who the certificate says."""

from collections.abc import AsyncIterator

import pytest

from simulator.codec import decode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_01 import MIMI_TRANSPORT_01 as DRAFT
from simulator.drafts.mimi_transport_01.endpoints import CHECKS
from simulator.errors import Misuse
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.services.commands import FetchKeyPackages
from simulator.services.refusal import Refusal
from tests.federated import NOW, ask_key, connected, federation


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    async with federation(draft=DRAFT.name) as running:
        yield running


def test_they_are_those_of_the_first_but_for_the_requests() -> None:
    first = DRAFTS[0]
    rows = [(row.name, row.method, row.path, row.response, row.refusals) for row in DRAFT.endpoints]
    assert rows == [(row.name, row.method, row.path, row.response, row.refusals) for row in first.endpoints]
    assert not {row.request for row in DRAFT.endpoints if row.request} & {row.request for row in first.endpoints}


def test_nothing_says_whom_a_request_is_for() -> None:
    assert DRAFT.checks is CHECKS
    assert [each.name for each in DRAFTS[0].checks if each not in CHECKS] == ["recipient", "certificate"]
    assert "wrong_recipient" not in DRAFT.codes


async def test_every_request_says_its_type_and_comes_from_whom_the_certificate_names(session: Session) -> None:
    await connected(session, ("alice", "bob"))
    asked = [each for each in session.recorder.exchanges if DRAFT.named(each.endpoint or "").request is not None]
    said = {each.operation: decode(DRAFT.named(each.endpoint or "").request, each.request) for each in asked}  # type: ignore[type-var]
    types = {operation: made.transaction_type for operation, made in said.items()}  # type: ignore[attr-defined]
    assert types == {each: f"mimi.delivery-service.{str(each).replace('_', '-')}" for each in types}
    assert {"connection_key_packages", "connection_request", "verification_key", "welcome_info"} == set(types)
    assert not [each for each in asked if each.refused]


async def test_a_provider_speaks_for_its_own_users_only(session: Session) -> None:
    command = FetchKeyPackages("mimi://b.example/u/bob", session.user("carol").uri, "connection")
    with pytest.raises(Refusal, match=r"a\.example can't speak for mimi://b\.example/u/bob"):
        await session.provider("a").client_api.key_packages(command)


async def test_whose_key_a_provider_asks_for_is_not_said(session: Session) -> None:
    a = session.provider("a")
    one, other = (ask_key(DRAFT, "a.example", to) for to in ("b.example", "c.example"))
    assert one.body == other.body
    assert (await a.peers.ask(one)) != (await a.peers.ask(other))


async def test_providers_share_no_host() -> None:
    providers = tuple(ProviderSpec(name, service_host="ds.example") for name in ("a.example", "b.example"))
    with pytest.raises(Misuse, match="mimi-transport-01"):
        async with open_session(Topology(providers, draft=DRAFT.name), seed=1, now=NOW):
            pass
