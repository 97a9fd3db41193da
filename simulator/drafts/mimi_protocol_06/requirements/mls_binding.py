"""Section 5: how MLS is used, beside what components keep."""

from simulator.rules import Broken, Done, Event, Met, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "EXT",
        "AppDataDictionary, Safe AAD",
        prohibition(
            "P6-5-LEAF-COMPONENTS",
            "A leaf's app_components and safe_aad list all that its group's do, and are lists of components.",
        ),
        prohibition(
            "P6-5-HANDSHAKE-AAD",
            "The authenticated data of proposals and commits is a SafeAAD without items, one zero octet.",
        ),
    ),
    *section(
        "P",
        "Leaving",
        duty(
            "P6-5-LEAVE-BUNDLE",
            "Who leaves proposes all that takes in one bundle, and somebody else commits it.",
            Done("leave"),
        ),
    ),
    *section(
        "P",
        "Participants",
        duty(
            "P6-5-LIST-FOLLOWS",
            "A commit that adds the first client of a user, or removes the last, changes the participant list, too.",
            Done("add_users"),
            Done("remove_users"),
        ),
    ),
    *section(
        "profile",
        "MLS",
        prohibition("P6-5-LEAF-NAME", "The credential of a leaf is a BasicCredential with the URI of a client."),
        prohibition("P6-5-EXTERNAL-SENDERS", "The hub, and nobody else, is an external sender of its rooms."),
        duty(
            "P6-5-LEAVE-SELF-REMOVE",
            "Who leaves proposes a SelfRemove of the client that asks, Removes of the user's others, and the user's "
            "removal from the list.",
            Done("leave"),
        ),
        duty(
            "P6-5-LEAVE-ALONE",
            "A client that leaves alone, where another of its user's stays, proposes a SelfRemove and nothing else.",
            Done("leave"),
        ),
        duty(
            "P6-5-JOIN-TAKES-ALONG",
            "An external commit refers to the SelfRemoves that wait, and says by value that its user joins.",
            Done("external_join"),
        ),
        duty(
            "P6-5-NOTED",
            "Members note what roles do not allow, and accept it: the hub alone enforces that.",
            Event("Doubted", "policy_violated"),
        ),
        duty(
            "P6-5-PAST-HANDSHAKES",
            "A client ignores handshakes of epochs before its own.",
            Event("Dropped"),
        ),
    ),
    *section(
        "MLS",
        "Joining via Welcome message",
        prohibition(
            "P6-5-WELCOME-ROOM",
            "A Welcome leads into the group of the room that it was delivered for.",
            Broken("MLS-WRONG-GROUP"),
        ),
        duty("P6-5-WELCOME-TREE", "The tree comes with the Welcome.", Met("members")),
    ),
)
