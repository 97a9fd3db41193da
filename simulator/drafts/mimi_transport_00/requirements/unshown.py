"""Rules that no scenario can have noticed, by ID: the rule that refuses first, or the bytes that were tried."""

from collections.abc import Mapping

UNSHOWN: Mapping[str, str] = {
    "DS-LIFECYCLE-VERSION/ANNOUNCED": "a ReInit without a version counts as one of version 0, which "
    "DS-REINITIALIZE-VALIDATION-2/VERSION refuses first (odd_commit with flaw no_version)",
}
"""Sorted by ID."""
