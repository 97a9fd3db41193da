"""Rules that no scenario can have noticed, by ID: the rule that refuses first, or the bytes that were tried."""

from collections.abc import Mapping

UNSHOWN: Mapping[str, str] = {
    "P6-4.1-NO-LAST-RESORT": "clients publish none of last resort, and a provider takes those of its own clients only",
    "P6-2-413/VALUES": "a scenario would have to write out 32,768 values; a unit test has them",
}
