"""What PROTOCOL.md demands, by ID."""

from simulator.rules import section

REQUIREMENTS = section(
    "TOY",
    "toy-1",
    ("TOY-FROM", "A request says in From that it is from a provider only with a certificate of that provider."),
    ("TOY-OWN-DOMAIN", "A URL template of another host than the provider's own domain is not followed."),
    ("TOY-BODY", "A request that is no KeysRequest, or in which a user is none, is refused."),
    ("TOY-KNOWN-USER", "Nobody hands out KeyPackages of a user who does not exist."),
    ("TOY-EACH-ONCE", "A KeyPackage is not handed out twice."),
    ("TOY-RELAY", "A provider asks the user's with one hop less, and passes on what that answers."),
    ("TOY-LAST-HOP", "A provider asks nobody else for a request without hops."),
    ("TOY-UNREACHABLE", "Where the user's provider gives no answer, the refusal says so."),
    ("TOY-STATUS", "A refusal has the HTTP status 200."),
    ("TOY-HTTP", "What HTTP alone refuses has its HTTP status."),
)
