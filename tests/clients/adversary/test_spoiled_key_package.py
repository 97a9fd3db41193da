"""Each flaw breaks exactly the rule it is for: a provider that keeps all others takes the KeyPackage."""

import pytest

from simulator.clients.adversary.odd_key_package import odd_key_package
from simulator.clients.adversary.spoiled_key_package import FLAWS
from simulator.drafts.mls_profile import REGULAR
from simulator.federation import Session
from simulator.mls.errors import MLSError
from simulator.mls.joining import rules as joining
from simulator.mls.joining.key_package_validation import check_key_package
from simulator.mls.tree import rules as tree
from simulator.rules import Enforcement, Rule, enforced_by

BROKEN = {
    "other_version": joining.VERSION,
    "init_key_as_leaf_key": joining.INIT_KEY_ALONE,
    "junk_init_key": joining.INIT_KEY,
    "extension_twice": joining.EXTENSIONS,
    "leaf_of_update": tree.SOURCE,
    "default_type_listed": tree.DEFAULT_TYPE,
    "leaf_extension_twice": tree.LEAF_EXTENSIONS,
    "extension_not_listed": tree.EXTENSION_LISTED,
    "credential_not_listed": tree.CREDENTIAL_LISTED,
    "version_not_listed": tree.VERSION_LISTED,
    "suite_not_listed": tree.SUITE_LISTED,
    "long_lifetime": tree.LIFETIME,
    "later_lifetime": tree.BEGUN,
    "junk_leaf_key": tree.ENCRYPTION_KEY,
    "bad_leaf_signature": tree.LEAF_SIGNATURE,
    "bad_key_package_signature": joining.SIGNATURE,
}


def test_all_flaws_are_tried() -> None:
    assert set(BROKEN) == set(FLAWS)


@pytest.mark.parametrize(("flaw", "rule"), BROKEN.items())
async def test_one_rule_is_broken(session: Session, flaw: str, rule: Rule) -> None:
    state = session.client("bob").state
    package = odd_key_package(state, REGULAR, flaw)
    with pytest.raises(MLSError) as refused:
        check_key_package(package, state.suite, state.now())
    assert refused.value.rules[0] == rule.id
    # A leaf that is for a place in a group is signed for that place, which a KeyPackage does not have.
    also = {tree.LEAF_SIGNATURE.id} if rule is tree.SOURCE else set()
    with enforced_by(Enforcement({rule.id, *also})):
        check_key_package(package, state.suite, state.now())
