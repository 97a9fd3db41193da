"""[DS] from the introduction to the lifecycle of groups."""

from simulator.rules import section

REQUIREMENTS = (
    *section(
        "DS",
        "Introduction",
        ("DS-INTRO-ORDER", "The Delivery Service puts handshake messages in one order: one commit wins an epoch."),
        ("DS-INTRO-DEVICES", "A user may have several devices, which are added and removed one by one."),
        (
            "DS-INTRO-MODE",
            "A provider checks that messages fit the mode it runs in.",
            "the structs here have no field of the other mode; its types are refused by P-4-UNSUPPORTED",
        ),
    ),
    *section(
        "DS",
        "Terminology",
        ("DS-TERMS-DOMAIN", "From a user's identifier follows the domain of the user's provider."),
        ("DS-TERMS-CLIENT", "From a client's identifier follows its user."),
        ("DS-TERMS-CONNECTION", "Who is connected may send the other messages and add the other to groups; else not."),
        ("DS-TERMS-CONSENT", "A user who is asked for a connection can tell by whom, and answers by hand."),
        ("DS-TERMS-CONNECTION-GROUP", "A connection group holds the clients of two users and of nobody else."),
        (
            "DS-TERMS-ONE-CONNECTION-GROUP",
            "Two users have one connection group at most.",
            "neither provider sees the other's groups, and an ignored request would block the next for ever",
        ),
    ),
    *section(
        "DS",
        "Architecture and protocol overview",
        ("DS-ARCH-PUBLIC", "Whatever is no application message travels as a PublicMessage."),
        ("DS-ARCH-STATE", "The owner follows a group's state as a member would, and can tell all of it to joiners."),
        ("DS-ARCH-ACCESS", "The owner verifies messages and decides who may do what in a group."),
    ),
    *section(
        "DS",
        "Client to server and server to server protocol",
        ("DS-C2S-GUESTS", "Clients of guest providers can act on a group at the provider that owns it."),
        ("DS-C2S-FAN-OUT", "The owner fans messages out to guest providers, which keep them for their clients."),
        ("DS-C2S-PROXY", "A client's own provider may carry its requests to the owner."),
    ),
    *section(
        "DS",
        "Transport for the MIMI DS protocol",
        ("DS-TRANSPORT-CONFIDENTIAL", "The transport keeps messages confidential."),
        ("DS-TRANSPORT-DISCOVERY", "The transport finds a Delivery Service by the domain in a user's identifier."),
        ("DS-TRANSPORT-SENDER", "Both parts of the protocol authenticate senders themselves."),
    ),
    *section(
        "DS",
        "Flow",
        ("DS-FLOW-RESPONSE", "Every request gets one answer, those of clients and those between providers."),
    ),
    *section(
        "DS",
        "Supported operations",
        (
            "DS-OPERATIONS-DISCOVERY",
            "Users and their clients can be discovered.",
            "neither draft defines a request for it; KeyPackages are asked for by the user's identifier",
        ),
    ),
    *section(
        "DS",
        "Client removals induced by the Delivery Service",
        ("DS-INDUCED-CLIENT", "When a user takes a client off the account, the owner proposes its removal."),
        ("DS-INDUCED-USER", "When a user's account ends, the owner proposes the removal of all its clients."),
        (
            "DS-INDUCED-INACTIVE",
            "A client that has been inactive for too long may be proposed for removal.",
            "left to each provider: nothing says how long that is, nor how an owner would see a guest's client be idle",
        ),
    ),
    *section(
        "DS",
        "Serialization format",
        (
            "DS-SERIALIZATION",
            "Everything is in the TLS presentation language with MLS vectors; one value, one encoding.",
        ),
    ),
    *section(
        "DS",
        "KeyPackages",
        ("DS-KEY-PACKAGES-UPLOAD", "Who is to be added has published KeyPackages beforehand."),
        ("DS-KEY-PACKAGES-DOWNLOAD", "Clients can get KeyPackages of clients at other providers."),
        ("DS-KEY-PACKAGES-LAST-RESORT", "A KeyPackage of last resort is marked as one."),
    ),
    *section(
        "DS",
        "Connection KeyPackages",
        ("DS-CONNECTION-KEY-PACKAGES", "There are separate KeyPackages for connections, marked in their leaf."),
    ),
    *section(
        "DS",
        "Clients and users",
        ("DS-USERS-AUTHENTICATION", "Who is authenticated as a client acts for that client's user, and for no other."),
    ),
    *section(
        "DS",
        "Version agility",
        ("DS-VERSION-LEAF", "Every leaf says in an extension which versions of the protocol its client speaks."),
    ),
    *section(
        "DS",
        "Group lifecycle",
        ("DS-LIFECYCLE-FIXED", "Id, MLS version and cipher suite of a group never change."),
        ("DS-LIFECYCLE-VERSION", "Every group's context says with which version of the protocol it was created."),
        ("DS-LIFECYCLE-VERSION-FIXED", "That version never changes."),
        ("DS-LIFECYCLE-REINIT", "A group can be followed by another one with other, compatible parameters."),
        ("DS-LIFECYCLE-DELETE", "A client can delete a group that is not wanted any more."),
        (
            "DS-LIFECYCLE-DELETE-BY-DS",
            "The owner itself may delete such a group.",
            "a provider's own decision: it sends nothing, and the group is unknown from then on like any deleted one",
        ),
        (
            "DS-LIFECYCLE-SUITES",
            "Each version of the protocol fixes cipher suites, MLS versions and extensions.",
            "a note of the authors on what is still to be specified",
        ),
    ),
)
