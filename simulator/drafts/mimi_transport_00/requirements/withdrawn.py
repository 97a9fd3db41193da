"""[DS] "Reduced metadata operating mode": its normative statements, none of which this profile takes over."""

from simulator.rules import excused, section

_REASON = "of the Reduced Metadata mode, which the draft's next revision withdrew"

REQUIREMENTS = (
    *section(
        "DS",
        "Connection key material",
        excused("DS-RM-CONNECTION-KEYS", "Connected users exchange their key material.", _REASON),
    ),
    *section(
        "DS",
        "Pseudonymous client identifiers and authentication",
        excused("DS-RM-PSEUDONYMS", "Credentials in leaves hold pseudonyms, never real identifiers.", _REASON),
        excused(
            "DS-RM-ENCRYPTED-SIGNATURE", "The signature that ties a pseudonym to its client is encrypted.", _REASON
        ),
    ),
    *section(
        "DS",
        "Client credential encryption",
        excused(
            "DS-RM-CREDENTIAL-UPDATE", "A client with a new credential may renew what is encrypted about it.", _REASON
        ),
    ),
    *section(
        "DS",
        "Pseudonymous user identifiers and authentication",
        excused("DS-RM-USER-KEY", "A user who was added sets a user authentication key first of all.", _REASON),
    ),
    *section(
        "DS",
        "Pseudonymized fan-out",
        excused(
            "DS-RM-FANOUT-PSEUDONYM", "The name at which messages arrive does not tell whose client it is.", _REASON
        ),
    ),
    *section(
        "DS",
        "Group state encryption at rest",
        excused("DS-RM-AT-REST", "The owner stores group states encrypted only.", _REASON),
    ),
)
