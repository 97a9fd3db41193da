"""What a federation is like where its topology does not say: draft, service hosts, certificate authority."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.drafts.registry import UnknownDraft
from simulator.federation import ProviderSpec, Topology, open_session
from simulator.net.tls.kept_authority import CERTIFICATE
from tests.federated import NOW, topology

LONE = Topology((ProviderSpec("a.example"),))


async def authority_of(wanted: Topology) -> bytes:
    """The certificate of a federation's authority."""
    async with open_session(wanted, seed=1, now=NOW) as session:
        return session.authority.certificate_pem


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_the_service_host_has_its_usual_name_unless_another_is_given(draft: Draft) -> None:
    assert ProviderSpec("a.example").host(draft) == draft.discovery.default_host("a.example")
    assert ProviderSpec("a.example", service_host="mimi.hosting.example").host(draft) == "mimi.hosting.example"


async def test_the_draft_is_the_first_one_unless_another_is_given() -> None:
    for wanted in (LONE, *(replace(LONE, draft=draft.name) for draft in DRAFTS)):
        async with open_session(wanted, seed=1, now=NOW) as session:
            assert session.draft.name == wanted.draft
    assert LONE.draft == DRAFTS[0].name


async def test_a_draft_that_nobody_speaks() -> None:
    with pytest.raises(UnknownDraft, match=r'unknown draft "mimi-transport-0" \(did you mean "mimi-transport-0[01]"'):
        async with open_session(topology(draft="mimi-transport-0"), seed=1, now=NOW):
            pytest.fail("it must not start")


async def test_an_authority_is_of_one_run_unless_it_is_kept_in_a_folder(tmp_path: Path) -> None:
    assert await authority_of(LONE) != await authority_of(LONE)
    kept = replace(LONE, authority=tmp_path / "ca")
    first = await authority_of(kept)
    assert first == await authority_of(kept) == (tmp_path / "ca" / CERTIFICATE).read_bytes()
