"""Rules that no scenario can have noticed, by ID: the rule that refuses first, or the bytes that were tried."""

from collections.abc import Mapping

_NO_COMPONENTS = (
    "no application of this draft has components, so that MLS-EXT-APPDATAUPDATE-COMPONENT-UNKNOWN refuses first "
    "(odd_commit with flaw removed_component)"
)

UNSHOWN: Mapping[str, str] = {
    "ACCOUNT-DOMAIN": "only clients of the provider itself ask for accounts, and those have its name in every scenario",
    "ANSWER-NODES": "a scenario would have to write out a ratchet tree of 8,192 nodes; a unit test has one",
    "DS-LIFECYCLE-VERSION/ANNOUNCED": "a ReInit without a version counts as one of version 0, which "
    "DS-REINITIALIZE-VALIDATION-2/VERSION refuses first (odd_commit with flaw no_version)",
    "MLS-EXT-APPDATAUPDATE-COMPONENT-ABSENT": _NO_COMPONENTS,
    "MLS-EXT-APPDATAUPDATE-COMPONENT-NOT-REMOVABLE": _NO_COMPONENTS,
    "MLS-EXT-APPDATAUPDATE-COMPONENT-OPERATIONS": _NO_COMPONENTS,
    "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-COMPONENT/ORDER": "nobody reads such a list where an application has no "
    "components: a group whose app_data_dictionary has the list 2, 1 for component 1 was taken",
    "MLS-EXT-SAFE-AAD-MALFORMED-SAFE-AAD/ORDER": "nobody reads the authenticated data of messages: everybody took a "
    "commit whose SafeAAD has items of the components 2 and 1 (odd_commit with authenticated_data)",
    "MLS-MALFORMED": "a client's own provider takes no delivery that does not decode: P-2-400-BODY refuses it first",
    "RFC9420-11.3-BRANCH-MISMATCH": "a client has KeyPackages and groups of one cipher suite, so that a Welcome to a "
    "branch of another one breaks RFC9420-12.4.3.1-WRONG-CIPHER-SUITE first, and to one of another version "
    "RFC9420-12.4.3-WRONG-VERSION; a unit test has both Welcomes",
    "RFC9420-12.2-DUPLICATE-TARGET/EXTERNAL": "two Removes of one leaf are two Removes, which "
    "RFC9420-12.2-EXTERNAL-COMMIT-REMOVES refuses first (odd_join with flaw removes_one_twice)",
}
"""Sorted by ID."""
