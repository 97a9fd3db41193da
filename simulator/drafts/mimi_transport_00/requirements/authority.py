"""[DS] after the operations: authentication between providers, access control, limits, security considerations."""

from simulator.drafts.mimi_transport_00.requirements.shown import (
    CLIENT_SIGNATURE,
    KEY,
    NO_TLS,
    PROVIDER_SIGNATURE,
    WRONG_CERTIFICATE,
)
from simulator.rules import All, Event, Met, Refused, duty, excused, prohibition, section

_SKETCH = "a sketch that the draft itself calls an example beyond its charter"

REQUIREMENTS = (
    *section(
        "DS",
        "DSFanoutRequests and DS-to-DS authentication",
        prohibition(
            "DS-AUTHENTICATION-SIGNED",
            "A fan-out request is signed by the provider that it names as sender.",
            PROVIDER_SIGNATURE,
        ),
        duty("DS-AUTHENTICATION-KEY", "The receiver asks that sender for the key.", KEY),
        duty("DS-AUTHENTICATION-HTTPS", "The key is asked for over HTTPS only.", KEY),
        duty(
            "DS-AUTHENTICATION-LIFETIME",
            "Keys live for a short time and are fetched again when it is over.",
            All(KEY, Met("requests")),
        ),
    ),
    *section(
        "DS",
        "Role-based access control in groups",
        excused("DS-RBAC-EXTENSION", "A group may list its admins in its context.", _SKETCH),
        excused("DS-RBAC-ADMINS", "Only admins add and remove users, delete the group and set roles.", _SKETCH),
        excused("DS-RBAC-SET-ROLE", "A commit with one proposal changes who is an admin.", _SKETCH),
    ),
    *section(
        "DS",
        "Rate-limiting and spam prevention",
        prohibition(
            "DS-RATE-AUTHENTICATED",
            "All requests but that for the key can be authenticated by a signature.",
            PROVIDER_SIGNATURE,
            CLIENT_SIGNATURE,
        ),
        prohibition(
            "DS-RATE-GROUP",
            "The owner can limit requests about one group.",
            Refused("rate_limited", endpoint="welcome_information"),
            Refused("rate_limited", endpoint="group_operation"),
        ),
        prohibition(
            "DS-RATE-CLIENT",
            "The owner can limit requests of one client.",
            Refused("rate_limited", endpoint="welcome_information"),
            Refused("rate_limited", endpoint="group_operation"),
        ),
        prohibition(
            "DS-RATE-SENDER",
            "A guest can limit fan-out requests by the provider that sends them.",
            Refused("rate_limited", endpoint="deliver_message"),
        ),
        excused(
            "DS-RATE-BLOCKING",
            "A user may have single other users' connection requests blocked.",
            "between users and their own provider, which neither draft specifies; nothing of it is seen outside",
        ),
    ),
    *section(
        "DS",
        "Abusive and illegal content",
        excused(
            "DS-ABUSE-FRANKING", "A provider may let its users report content.", "beyond the draft's scope, it says"
        ),
        excused(
            "DS-ABUSE-BLOCKING",
            "A provider may block messages for its users.",
            "between users and their own provider, which neither draft specifies",
        ),
    ),
    *section(
        "DS",
        "Security considerations",
        duty(
            "DS-SECURITY-MLS",
            "MLS encrypts end to end, authenticates messages, and keeps members agreed on the state.",
            Met("agreement"),
            Event("Rejected"),
            Event("Substituted"),
            Event("Equivocated"),
        ),
    ),
    *section(
        "DS",
        "Transport Security",
        prohibition(
            "DS-SECURITY-RECIPIENT",
            "Fan-out requests and answers go over a transport that authenticates the recipient.",
            WRONG_CERTIFICATE,
        ),
        prohibition("DS-SECURITY-ENCRYPTED", "All requests and answers go over an encrypted transport.", NO_TLS),
    ),
)
