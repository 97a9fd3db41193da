"""Rules that no scenario can have noticed, by ID: the rule that refuses first, or the bytes that were tried."""

from collections.abc import Mapping

UNSHOWN: Mapping[str, str] = {
    "ACCOUNT-DOMAIN": "only clients of the provider itself ask for accounts, and those have its name in every scenario",
    "ANSWER-NODES": "a scenario would have to write out a ratchet tree of 8,192 nodes; a unit test has one",
    "DS-LIFECYCLE-VERSION/ANNOUNCED": "a ReInit without a version counts as one of version 0, which "
    "DS-REINITIALIZE-VALIDATION-2/VERSION refuses first (odd_commit with flaw no_version)",
    "MLS-MALFORMED": "a client's own provider takes no delivery that does not decode: P-2-400-BODY refuses it first",
    "RFC9420-12.2-DUPLICATE-TARGET/EXTERNAL": "two Removes of one leaf are two Removes, which "
    "RFC9420-12.2-EXTERNAL-COMMIT-REMOVES refuses first (odd_join with flaw removes_one_twice)",
}
"""Sorted by ID."""
