"""Rules: what documents demand, the one way to refuse what breaks it, and which party keeps which rule.

    requirement   a statement of a document, with its ID: what is forbidden, or what is to be done
    evidence      what shows that it is so, where that is not a rule which refuses
    rule          a check of a requirement: `check` and `refuse`
    enforcement   which rules a party does not keep, and who is told of what is broken
    declared      the rules that a package declares

Each package declares the rules that it checks, as constants of its modules. What a document demands is listed where
the document is known.
"""

from simulator.rules.declared import declared_in
from simulator.rules.enforcement import KEEPS_NOTHING, Breach, Enforcement, enforced_by, party, within
from simulator.rules.evidence import (
    All,
    Answer,
    Broken,
    Done,
    Event,
    Evidence,
    Failed,
    HandshakeRefused,
    Met,
    Refused,
)
from simulator.rules.requirement import Nature, Requirement, duty, excused, prohibition, section
from simulator.rules.rule import Rule, check, refuse

__all__ = [
    "KEEPS_NOTHING",
    "All",
    "Answer",
    "Breach",
    "Broken",
    "Done",
    "Enforcement",
    "Event",
    "Evidence",
    "Failed",
    "HandshakeRefused",
    "Met",
    "Nature",
    "Refused",
    "Requirement",
    "Rule",
    "check",
    "declared_in",
    "duty",
    "enforced_by",
    "excused",
    "party",
    "prohibition",
    "refuse",
    "section",
    "within",
]
