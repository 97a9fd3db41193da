"""[DS] "Reduced metadata operating mode": its normative statements, none of which this profile takes over."""

from simulator.drafts.requirement import Requirement

_REASON = "of the Reduced Metadata mode, which the draft's next revision withdrew"


def _withdrawn(id_: str, section: str, text: str) -> Requirement:
    return Requirement(id_, "DS", section, text, _REASON)


REQUIREMENTS = (
    _withdrawn("DS-RM-CONNECTION-KEYS", "Connection key material", "Connected users exchange their key material."),
    _withdrawn(
        "DS-RM-PSEUDONYMS",
        "Pseudonymous client identifiers and authentication",
        "Credentials in leaves hold pseudonyms, never real identifiers.",
    ),
    _withdrawn(
        "DS-RM-ENCRYPTED-SIGNATURE",
        "Pseudonymous client identifiers and authentication",
        "The signature that ties a pseudonym to its client is encrypted.",
    ),
    _withdrawn(
        "DS-RM-CREDENTIAL-UPDATE",
        "Client credential encryption",
        "A client that changes its credential may renew what is encrypted about it.",
    ),
    _withdrawn(
        "DS-RM-USER-KEY",
        "Pseudonymous user identifiers and authentication",
        "A user who was added sets a user authentication key first of all.",
    ),
    _withdrawn(
        "DS-RM-FANOUT-PSEUDONYM",
        "Pseudonymized fan-out",
        "The name under which a client's messages arrive does not tell which client it is.",
    ),
    _withdrawn("DS-RM-AT-REST", "Group state encryption at rest", "The owner stores group states encrypted only."),
)
