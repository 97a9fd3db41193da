"""[DS] "Operations": what each is for, and each bullet of its "Validation" list under that bullet's number."""

from simulator.drafts.mimi_transport_00.requirements.shown import (
    CONNECTION_KEY_PACKAGES,
    DELIVERED,
    GROUP_KEY_PACKAGES,
    JOIN_INFO,
    KEY,
)
from simulator.rules import All, Answer, Done, Event, Refused, duty, prohibition, section

_KEEPS_CREDENTIAL = "The commit leaves its sender's credential as it was."

REQUIREMENTS = (
    *section(
        "DS",
        "Request group id",
        duty(
            "DS-REQUEST-GROUP-ID",
            "The provider answers with a group id of its own that is unique.",
            Done("create_group"),
            Answer(operation="request_group_id"),
        ),
    ),
    *section(
        "DS",
        "Create group",
        duty(
            "DS-CREATE-GROUP",
            "A client creates a group at its provider, an ordinary one or one for a connection.",
            Done("create_group"),
        ),
        prohibition("DS-CREATE-GROUP-VALIDATION-1", "The group id is neither empty nor in use."),
        prohibition("DS-CREATE-GROUP-VALIDATION-2", "The creator's leaf is valid (RFC 9420 7.3)."),
        prohibition("DS-CREATE-GROUP-VALIDATION-3", "The GroupInfo is valid (RFC 9420 12.4.3)."),
    ),
    *section(
        "DS",
        "Delete group",
        duty(
            "DS-DELETE-GROUP", "A client deletes a group; nothing can be done in it from then on.", Done("delete_group")
        ),
        prohibition("DS-DELETE-GROUP-VALIDATION-1", "The commit removes every member but its sender."),
    ),
    *section(
        "DS",
        "Add users to a group",
        duty("DS-ADD-USERS", "A client adds users with one or more of their clients each.", Done("add_users")),
        duty(
            "DS-ADD-USERS-FETCH",
            "KeyPackages are fetched from the users' own providers first.",
            All(Done("add_users"), GROUP_KEY_PACKAGES),
        ),
        duty(
            "DS-ADD-USERS-WELCOMES",
            "The Welcomes are fanned out to the users' providers.",
            All(Done("add_users"), DELIVERED),
        ),
        prohibition(
            "DS-ADD-USERS-VALIDATION-1", "The request holds a PublicMessage with a commit, and in that are only Adds."
        ),
        prohibition("DS-ADD-USERS-VALIDATION-2", _KEEPS_CREDENTIAL),
        prohibition("DS-ADD-USERS-VALIDATION-3", "No added client belongs to a user who is in the group already."),
        prohibition("DS-ADD-USERS-VALIDATION-4", "Connection KeyPackages are for connection groups only."),
        prohibition("DS-ADD-USERS-VALIDATION-5", "Each guest provider that gains clients gets a Welcome of its own."),
    ),
    *section(
        "DS",
        "Remove users from a group",
        duty("DS-REMOVE-USERS", "A client removes users, all of their clients at once.", Done("remove_users")),
        duty(
            "DS-REMOVE-USERS-FANNED-OUT",
            "Who is removed gets the commit too, and recognizes what it says.",
            All(Event("Removed"), DELIVERED),
        ),
        prohibition(
            "DS-REMOVE-USERS-VALIDATION-1", "The request holds a PublicMessage with a commit, and in that only Removes."
        ),
        prohibition("DS-REMOVE-USERS-VALIDATION-2", _KEEPS_CREDENTIAL),
        prohibition(
            "DS-REMOVE-USERS-VALIDATION-3", "No user of whom a client is removed keeps another one in the group."
        ),
    ),
    *section(
        "DS",
        "Add clients to a group",
        duty("DS-ADD-CLIENTS", "A client adds further clients of a user who is in the group.", Done("add_clients")),
        prohibition(
            "DS-ADD-CLIENTS-VALIDATION-1", "The request holds a PublicMessage with a commit, and in that are only Adds."
        ),
        prohibition("DS-ADD-CLIENTS-VALIDATION-2", _KEEPS_CREDENTIAL),
        prohibition("DS-ADD-CLIENTS-VALIDATION-3", "Every added client belongs to a user who is in the group."),
    ),
    *section(
        "DS",
        "Remove clients from a group",
        duty(
            "DS-REMOVE-CLIENTS",
            "A client removes other clients of its own user, but not itself.",
            Done("remove_clients"),
        ),
        prohibition(
            "DS-REMOVE-CLIENTS-VALIDATION-1", "The request holds a PublicMessage with a commit, in that only Removes."
        ),
        prohibition("DS-REMOVE-CLIENTS-VALIDATION-2", _KEEPS_CREDENTIAL),
        prohibition("DS-REMOVE-CLIENTS-VALIDATION-3", "Every removed client belongs to the sender's user."),
    ),
    *section(
        "DS",
        "Self remove a client from a group",
        duty(
            "DS-SELF-REMOVE",
            "A client asks to be removed, and is a member until somebody commits that.",
            All(Done("leave"), Event("Proposed")),
        ),
        prohibition("DS-SELF-REMOVE-VALIDATION-1", "The request holds a PublicMessage with one Remove proposal."),
        prohibition("DS-SELF-REMOVE-VALIDATION-2", "It removes its sender."),
    ),
    *section(
        "DS",
        "Update a client in a group",
        duty(
            "DS-UPDATE-CLIENT",
            "A client changes its own leaf, to recover from a compromise for example.",
            Done("update_client"),
        ),
        prohibition(
            "DS-UPDATE-CLIENT-VALIDATION-1",
            "The request holds a PublicMessage with a commit that has a path and no proposals.",
        ),
        prohibition(
            "DS-UPDATE-CLIENT-VALIDATION-2", "A credential that changes is validated; here it can't change at all."
        ),
    ),
    *section(
        "DS",
        "Join the group using an external commit",
        duty(
            "DS-EXTERNAL-JOIN",
            "A user's new client, or one that has lost its state, joins without anybody's help.",
            Done("external_join"),
            Done("resync"),
            Event("Recovered"),
        ),
        duty("DS-EXTERNAL-JOIN-FETCH", "The joiner first fetches what the commit needs from the owner.", JOIN_INFO),
        prohibition(
            "DS-EXTERNAL-JOIN-VALIDATION-1", "The request holds a PublicMessage with a commit by a new member."
        ),
        prohibition("DS-EXTERNAL-JOIN-VALIDATION-2", "The joiner is a client of a user who is in the group."),
    ),
    *section(
        "DS",
        "Send an application message to a group",
        duty(
            "DS-SEND-MESSAGE",
            "A member's application message is fanned out to the rest of the group.",
            All(Event("Sent"), Event("Received")),
        ),
        prohibition("DS-SEND-MESSAGE-VALIDATION-1", "The request holds a PrivateMessage with application content."),
    ),
    *section(
        "DS",
        "Fetch the DS' signature public key",
        duty(
            "DS-SIGNATURE-KEY",
            "A provider tells other providers the key that its fan-out requests are signed with.",
            KEY,
        ),
        duty(
            "DS-SIGNATURE-KEY-PROPOSALS",
            "Members verify its proposals with the key in the group's external senders.",
            All(Done("remove_device"), Event("Proposed")),
            All(Done("remove_account"), Event("Proposed")),
        ),
    ),
    *section(
        "DS",
        "Fetch AddPackages of one or more clients",
        duty("DS-ADD-PACKAGES", "The answer has a KeyPackage of each client that is asked for.", GROUP_KEY_PACKAGES),
        prohibition("DS-ADD-PACKAGES-VALIDATION-1", "All clients asked for are clients of the provider that is asked."),
        prohibition(
            "DS-ADD-PACKAGES-VALIDATION-2",
            "Only who is connected with a user gets KeyPackages of the user's clients.",
            Refused("not_authorized", endpoint="group_key_packages"),
        ),
    ),
    *section(
        "DS",
        "Fetch connection AddPackages of one or more clients",
        duty(
            "DS-CONNECTION-ADD-PACKAGES",
            "The answer has a connection KeyPackage of each client of a user.",
            CONNECTION_KEY_PACKAGES,
        ),
        duty(
            "DS-CONNECTION-ADD-PACKAGES-ANYBODY",
            "Users without any connection with the user get them too.",
            CONNECTION_KEY_PACKAGES,
        ),
        prohibition(
            "DS-CONNECTION-ADD-PACKAGES-VALIDATION-1",
            "The clients are clients of the provider that is asked.",
            Refused("unknown_user", endpoint="connection_key_packages"),
        ),
        duty(
            "DS-CONNECTION-ADD-PACKAGES-VALIDATION-2",
            "The clients all belong to the one user.",
            CONNECTION_KEY_PACKAGES,
        ),
    ),
    *section(
        "DS",
        "ReInitialize a group",
        duty(
            "DS-REINITIALIZE",
            "A client ends a group in favour of another with other parameters.",
            Answer(operation="re_initialize_group"),
        ),
        prohibition(
            "DS-REINITIALIZE-VALIDATION-1", "The request holds a PublicMessage with a commit to a ReInit proposal."
        ),
        prohibition(
            "DS-REINITIALIZE-VALIDATION-2", "The next group is one of the same owner, of a version that is not lower."
        ),
    ),
)
