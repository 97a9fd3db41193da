"""The registry of proposal types, and what each looks like on the wire."""

import pytest

from simulator.codec import codec
from simulator.mls.proposals import proposals
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentRemoval, ComponentUpdate
from simulator.mls.proposals.proposals import (
    DEFAULT_PROPOSAL_TYPES,
    EXTERNAL_COMMIT_PROPOSALS,
    EXTERNAL_PROPOSALS,
    PATH_REQUIRED,
    REFERENCE_ONLY,
    REGISTRY,
    Add,
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    ProposalType,
    ReInit,
    Remove,
    Update,
    proposal_type,
)
from simulator.mls.proposals.self_remove import SelfRemove

PROPOSAL = codec(proposals.Proposal)


def test_the_registry_says_what_the_documents_say() -> None:
    assert frozenset(range(1, 8)) == DEFAULT_PROPOSAL_TYPES
    assert set(EXTERNAL_PROPOSALS) == {Add, Remove, PreSharedKey, ReInit, GroupContextExtensions, AppDataUpdate}
    assert set(PATH_REQUIRED) == {Update, Remove, ExternalInit, GroupContextExtensions, SelfRemove}
    assert set(EXTERNAL_COMMIT_PROPOSALS) == {ExternalInit, Remove, PreSharedKey, AppDataUpdate, SelfRemove}
    assert set(REFERENCE_ONLY) == {SelfRemove}


def test_every_type_has_one_line() -> None:
    assert [line.number for line in REGISTRY] == list(ProposalType)


@pytest.mark.parametrize(
    ("proposal", "wire"),
    [
        (SelfRemove(), "000a"),
        (AppDataUpdate(0x0022, ComponentUpdate(b"hi")), "0008 0022 01 02 6869"),
        (AppDataUpdate(0x0022, ComponentRemoval()), "0008 0022 02"),
        (Remove(7), "0003 00000007"),
    ],
)
def test_proposals_on_the_wire(proposal: proposals.Proposal, wire: str) -> None:
    assert PROPOSAL.encode(proposal) == bytes.fromhex(wire)
    assert PROPOSAL.decode(bytes.fromhex(wire)) == proposal
    assert proposal_type(proposal) == int(wire[:4], 16)
