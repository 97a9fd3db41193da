"""[DS] after the operations: authentication between providers, access control, limits, security considerations."""

from simulator.rules import section

_SKETCH = "a sketch that the draft itself calls an example beyond its charter"

REQUIREMENTS = (
    *section(
        "DS",
        "DSFanoutRequests and DS-to-DS authentication",
        ("DS-AUTHENTICATION-SIGNED", "A fan-out request is signed by the provider that it names as sender."),
        ("DS-AUTHENTICATION-KEY", "The receiver asks that sender for the key."),
        ("DS-AUTHENTICATION-HTTPS", "The key is asked for over HTTPS only."),
        ("DS-AUTHENTICATION-LIFETIME", "Keys live for a short time and are fetched again when it is over."),
    ),
    *section(
        "DS",
        "Role-based access control in groups",
        ("DS-RBAC-EXTENSION", "A group may list its admins in its context.", _SKETCH),
        ("DS-RBAC-ADMINS", "Only admins add and remove users, delete the group and set roles.", _SKETCH),
        ("DS-RBAC-SET-ROLE", "A commit with one proposal changes who is an admin.", _SKETCH),
    ),
    *section(
        "DS",
        "Rate-limiting and spam prevention",
        ("DS-RATE-AUTHENTICATED", "All requests but that for the key can be authenticated by a signature."),
        ("DS-RATE-GROUP", "The owner can limit requests about one group."),
        ("DS-RATE-CLIENT", "The owner can limit requests of one client."),
        ("DS-RATE-SENDER", "A guest can limit fan-out requests by the provider that sends them."),
        (
            "DS-RATE-BLOCKING",
            "A user may have single other users' connection requests blocked.",
            "between users and their own provider, which neither draft specifies; nothing of it is seen outside",
        ),
    ),
    *section(
        "DS",
        "Abusive and illegal content",
        ("DS-ABUSE-FRANKING", "A provider may let its users report content.", "beyond the draft's scope, it says"),
        (
            "DS-ABUSE-BLOCKING",
            "A provider may block messages for its users.",
            "between users and their own provider, which neither draft specifies",
        ),
    ),
    *section(
        "DS",
        "Security considerations",
        ("DS-SECURITY-MLS", "MLS encrypts end to end, authenticates messages, and keeps members agreed on the state."),
    ),
    *section(
        "DS",
        "Transport Security",
        ("DS-SECURITY-RECIPIENT", "Fan-out requests and answers go over a transport that authenticates the recipient."),
        ("DS-SECURITY-ENCRYPTED", "All requests and answers go over an encrypted transport."),
    ),
)
