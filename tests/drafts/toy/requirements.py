"""What PROTOCOL.md demands, by ID."""

from simulator.rules import Answer, Failed, Refused, duty, prohibition, section

REQUIREMENTS = section(
    "TOY",
    "toy-1",
    prohibition(
        "TOY-FROM",
        "A request says in From that it is from a provider only with a certificate of that provider.",
        Refused("not_authorized"),
    ),
    prohibition(
        "TOY-OWN-DOMAIN",
        "A URL template of another host than the provider's own domain is not followed.",
        Failed("which is not its own domain"),
    ),
    prohibition("TOY-BODY", "A request that is no KeysRequest, or in which a user is none, is refused."),
    prohibition("TOY-KNOWN-USER", "Nobody hands out KeyPackages of a user who does not exist."),
    prohibition("TOY-EACH-ONCE", "A KeyPackage is not handed out twice.", Refused("key_packages_exhausted")),
    duty("TOY-RELAY", "A provider asks the user's with one hop less, and passes on what that answers.", Answer("keys")),
    prohibition("TOY-LAST-HOP", "A provider asks nobody else for a request without hops."),
    duty("TOY-UNREACHABLE", "Where the user's provider gives no answer, the refusal says so.", Refused("unreachable")),
    duty("TOY-STATUS", "A refusal has the HTTP status 200.", Refused(http=200)),
    duty("TOY-HTTP", "What HTTP alone refuses has its HTTP status.", Refused(http=404), Refused(http=405)),
)
