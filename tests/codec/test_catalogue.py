"""Wire types by name."""

from simulator import mls
from simulator.codec import declared_in, decode, encode
from simulator.drafts.mimi_transport_00 import messages
from simulator.drafts.mimi_transport_00.messages import common
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.proposals.proposals import Proposal, Remove


def test_structs_and_unions_of_a_package_by_name() -> None:
    found = declared_in(mls)
    assert found["KeyPackage"] is KeyPackage
    assert found["Proposal"] is Proposal
    assert list(found) == sorted(found)
    assert decode(found["Remove"], encode(Remove(7))) == Remove(7)


def test_enums_and_numbers_are_no_structs() -> None:
    assert not {"ProposalType", "uint8", "opaque", "Any"} & set(declared_in(mls))


def test_what_a_module_only_imports_is_not_its_own() -> None:
    found = declared_in(messages)
    assert "DSRequest" in found
    assert "MLSMessage" not in found


def test_of_a_module_that_is_no_package() -> None:
    assert list(declared_in(common)) == ["ErrorResponse", "Head", "MIMIError"]
