"""What is spoiled is signed all the same, but for the one flaw that is a signature."""

import pytest

from simulator.clients.adversary.odd_group_info import FLAWS, LATER_EPOCH, OTHER_SUITE, OTHER_VERSION, spoiled
from simulator.federation import Session
from simulator.mls.joining.group_import import group_info_tbs


@pytest.mark.parametrize("flaw", [*FLAWS, "nothing"])
async def test_one_difference(session: Session, group: str, flaw: str) -> None:
    member = session.client("alice.phone").groups[group]
    sound, odd = member.group_info(), spoiled(member, flaw)
    key = member.identity.signature_public_key
    suite = member.state.suite
    assert suite.verifies_with_label(key, "GroupInfoTBS", group_info_tbs(odd), odd.signature) is (
        flaw != "bad_group_info_signature"
    )
    context = odd.group_context
    different = {
        "extensions": odd.extensions != sound.extensions,
        "epoch": context.epoch == LATER_EPOCH,
        "suite": context.cipher_suite == OTHER_SUITE,
        "version": context.version == OTHER_VERSION,
        "context": context.extensions != sound.group_context.extensions,
    }
    wanted = {
        "no_external_pub": "extensions",
        "junk_external_pub": "extensions",
        "later_epoch": "epoch",
        "other_suite": "suite",
        "more_demands": "context",
        "other_group_version": "version",
        "info_extension_twice": "extensions",
    }
    assert [name for name, is_so in different.items() if is_so] == ([wanted[flaw]] if flaw in wanted else [])
