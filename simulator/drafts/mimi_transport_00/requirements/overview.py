"""[DS] from the introduction to the lifecycle of groups."""

from simulator.drafts.mimi_transport_00.requirements.shown import (
    CLIENT_SIGNATURE,
    CONNECTION_KEY_PACKAGES,
    DELIVERED,
    DISCOVERED,
    GROUP_KEY_PACKAGES,
    JOIN_INFO,
    NO_TLS,
    OPERATION,
    PROVIDER_SIGNATURE,
    SEVERAL_DEVICES,
    TREE,
    WRONG_KIND,
)
from simulator.rules import All, Answer, Broken, Done, Event, Met, Refused, duty, excused, prohibition, section

REQUIREMENTS = (
    *section(
        "DS",
        "Introduction",
        duty(
            "DS-INTRO-ORDER",
            "The Delivery Service puts handshake messages in one order: one commit wins an epoch.",
            All(Event("EpochChanged"), Met("agreement")),
            All(Event("EpochChanged"), Met("members")),
            Met("inbox"),
            Met("delivered"),
            Broken("P-4-ONE-COMMIT"),
        ),
        duty(
            "DS-INTRO-DEVICES",
            "A user may have several devices, which are added and removed one by one.",
            *SEVERAL_DEVICES,
        ),
        excused(
            "DS-INTRO-MODE",
            "A provider checks that messages fit the mode it runs in.",
            "the structs here have no field of the other mode; its types are refused by P-4-UNSUPPORTED",
        ),
    ),
    *section(
        "DS",
        "Terminology",
        duty("DS-TERMS-DOMAIN", "From a user's identifier follows the domain of the user's provider.", DISCOVERED),
        prohibition("DS-TERMS-CLIENT", "From a client's identifier follows its user.", Broken("P-5-SIGNING-CLIENT")),
        prohibition(
            "DS-TERMS-CONNECTION",
            "Who is connected may send the other messages and add the other to groups; else not.",
            Refused("not_authorized", endpoint="group_key_packages"),
        ),
        duty(
            "DS-TERMS-CONSENT",
            "A user who is asked for a connection can tell by whom, and answers by hand.",
            Done("accept_connection"),
            Done("ignore_connection"),
            Met("connection_requests"),
        ),
        prohibition(
            "DS-TERMS-CONNECTION-GROUP", "A connection group holds the clients of two users and of nobody else."
        ),
        excused(
            "DS-TERMS-ONE-CONNECTION-GROUP",
            "Two users have one connection group at most.",
            "neither provider sees the other's groups, and an ignored request would block the next for ever",
        ),
    ),
    *section(
        "DS",
        "Architecture and protocol overview",
        prohibition(
            "DS-ARCH-PUBLIC",
            "Whatever is no application message travels as a PublicMessage.",
            Broken("DS-STATE-UPDATE-PUBLIC"),
        ),
        duty(
            "DS-ARCH-STATE",
            "The owner follows a group's state as a member would, and can tell all of it to joiners.",
            TREE,
            JOIN_INFO,
        ),
        prohibition(
            "DS-ARCH-ACCESS",
            "The owner verifies messages and decides who may do what in a group.",
            Refused("not_authorized"),
            Refused("not_a_member"),
            Refused("invalid_commit"),
            Refused("invalid_proposal"),
        ),
    ),
    *section(
        "DS",
        "Client to server and server to server protocol",
        duty("DS-C2S-GUESTS", "Clients of guest providers can act on a group at the provider that owns it.", OPERATION),
        duty(
            "DS-C2S-FAN-OUT",
            "The owner fans messages out to guest providers, which keep them for their clients.",
            DELIVERED,
        ),
        duty("DS-C2S-PROXY", "A client's own provider may carry its requests to the owner.", OPERATION),
    ),
    *section(
        "DS",
        "Transport for the MIMI DS protocol",
        prohibition("DS-TRANSPORT-CONFIDENTIAL", "The transport keeps messages confidential.", NO_TLS),
        duty(
            "DS-TRANSPORT-DISCOVERY",
            "The transport finds a Delivery Service by the domain in a user's identifier.",
            DISCOVERED,
        ),
        prohibition(
            "DS-TRANSPORT-SENDER",
            "Both parts of the protocol authenticate senders themselves.",
            PROVIDER_SIGNATURE,
            CLIENT_SIGNATURE,
        ),
    ),
    *section(
        "DS",
        "Flow",
        duty(
            "DS-FLOW-RESPONSE",
            "Every request gets one answer, those of clients and those between providers.",
            OPERATION,
            DELIVERED,
        ),
    ),
    *section(
        "DS",
        "Supported operations",
        excused(
            "DS-OPERATIONS-DISCOVERY",
            "Users and their clients can be discovered.",
            "neither draft defines a request for it; KeyPackages are asked for by the user's identifier",
        ),
    ),
    *section(
        "DS",
        "Client removals induced by the Delivery Service",
        duty(
            "DS-INDUCED-CLIENT",
            "When a user takes a client off the account, the owner proposes its removal.",
            All(Done("remove_device"), Event("Proposed")),
            All(Event("Proposed"), Met("noticed")),
        ),
        duty(
            "DS-INDUCED-USER",
            "When a user's account ends, the owner proposes the removal of all its clients.",
            All(Done("remove_account"), Event("Proposed")),
            All(Event("Proposed"), Met("noticed")),
        ),
        excused(
            "DS-INDUCED-INACTIVE",
            "A client that has been inactive for too long may be proposed for removal.",
            "left to each provider: nothing says how long that is, nor how an owner would see a guest's client be idle",
        ),
    ),
    *section(
        "DS",
        "Serialization format",
        prohibition(
            "DS-SERIALIZATION",
            "Everything is in the TLS presentation language with MLS vectors; one value, one encoding.",
            Broken("P-2-400-HEAD"),
            Broken("P-2-400-BODY"),
        ),
    ),
    *section(
        "DS",
        "KeyPackages",
        duty(
            "DS-KEY-PACKAGES-UPLOAD",
            "Who is to be added has published KeyPackages beforehand.",
            Done("publish_key_packages"),
            Met("key_packages"),
        ),
        duty(
            "DS-KEY-PACKAGES-DOWNLOAD",
            "Clients can get KeyPackages of clients at other providers.",
            CONNECTION_KEY_PACKAGES,
            GROUP_KEY_PACKAGES,
        ),
        duty(
            "DS-KEY-PACKAGES-LAST-RESORT",
            "A KeyPackage of last resort is marked as one.",
            All(GROUP_KEY_PACKAGES, Met("key_packages")),
            All(CONNECTION_KEY_PACKAGES, Met("key_packages")),
        ),
    ),
    *section(
        "DS",
        "Connection KeyPackages",
        prohibition(
            "DS-CONNECTION-KEY-PACKAGES",
            "There are separate KeyPackages for connections, marked in their leaf.",
            Broken("DS-ADD-USERS-VALIDATION-4"),
        ),
    ),
    *section(
        "DS",
        "Clients and users",
        prohibition(
            "DS-USERS-AUTHENTICATION",
            "Who is authenticated as a client acts for that client's user, and for no other.",
            Broken("P-5-REQUESTER"),
            Broken("P-5-SIGNING-CLIENT"),
        ),
    ),
    *section(
        "DS",
        "Version agility",
        prohibition(
            "DS-VERSION-LEAF", "Every leaf says in an extension which versions of the protocol its client speaks."
        ),
    ),
    *section(
        "DS",
        "Group lifecycle",
        duty("DS-LIFECYCLE-FIXED", "Id, MLS version and cipher suite of a group never change.", Met("agreement")),
        prohibition(
            "DS-LIFECYCLE-VERSION", "Every group's context says with which version of the protocol it was created."
        ),
        prohibition("DS-LIFECYCLE-VERSION-FIXED", "That version never changes.", *WRONG_KIND),
        duty(
            "DS-LIFECYCLE-REINIT",
            "A group can be followed by another one with other, compatible parameters.",
            Answer(operation="re_initialize_group"),
        ),
        duty("DS-LIFECYCLE-DELETE", "A client can delete a group that is not wanted any more.", Done("delete_group")),
        excused(
            "DS-LIFECYCLE-DELETE-BY-DS",
            "The owner itself may delete such a group.",
            "a provider's own decision: it sends nothing, and the group is unknown from then on like any deleted one",
        ),
        excused(
            "DS-LIFECYCLE-SUITES",
            "Each version of the protocol fixes cipher suites, MLS versions and extensions.",
            "a note of the authors on what is still to be specified",
        ),
    ),
)
