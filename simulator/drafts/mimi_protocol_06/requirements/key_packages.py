"""Section 4.1: KeyPackages by way of the hub."""

from simulator.rules import Answer, Refused, duty, prohibition, section

FETCHED = Answer("keyMaterial")

REQUIREMENTS = (
    *section(
        "P",
        "Fetch Key Material",
        duty("P6-4.1-KEY-MATERIAL", "POST keyMaterial hands out a KeyPackage of each client of a user.", FETCHED),
        prohibition("P6-4.1-SIGNATURE", "The client that needs KeyPackages has signed that it does."),
        prohibition("P6-4.1-PROTOCOL", "A request of another protocol than MLS 1.0 is answered incompatibleProtocol."),
        prohibition("P6-4.1-USER", "KeyPackages of a user who does not exist are answered userUnknown."),
        prohibition("P6-4.1-CONSENT", "Nobody gets KeyPackages of a user who has not consented, for this room or any."),
        prohibition(
            "P6-4.1-NO-LAST-RESORT", "No KeyPackage is in two answers, so that none of last resort is published."
        ),
    ),
    *section(
        "profile",
        "KeyPackages",
        prohibition("P6-4.1-SENDER", "The requester's provider asks the hub of its room, and the hub asks others."),
        prohibition("P6-4.1-MAY-ADD", "A hub lets through whoever may add somebody to the room, and for own clients."),
        prohibition("P6-4.1-USER-OURS", "Only the hub of a room is asked about users of others."),
        prohibition(
            "P6-4.1-SUITES", "The first acceptable cipher suite, which is known, says how a request is signed."
        ),
        prohibition("P6-4.1-CREDENTIAL", "The credential in a request is of a client of the user that asks."),
        prohibition(
            "P6-4.1-EXHAUSTED",
            "Where no client has a KeyPackage that fits, the answer is noCompatibleMaterial with all clients.",
            Refused("key_packages_exhausted"),
        ),
        prohibition(
            "P6-4.1-UNREACHABLE",
            "Where the target's provider gives no answer, the hub says 502.",
            Refused("unreachable"),
        ),
    ),
)
