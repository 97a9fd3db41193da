"""[DS] "Operations": what each is for, and each bullet of its "Validation" list under that bullet's number."""

from simulator.rules import section

_KEEPS_CREDENTIAL = "The commit leaves its sender's credential as it was."

REQUIREMENTS = (
    *section(
        "DS",
        "Request group id",
        ("DS-REQUEST-GROUP-ID", "The provider answers with a group id of its own that is unique."),
    ),
    *section(
        "DS",
        "Create group",
        ("DS-CREATE-GROUP", "A client creates a group at its provider, an ordinary one or one for a connection."),
        ("DS-CREATE-GROUP-VALIDATION-1", "The group id is neither empty nor in use."),
        ("DS-CREATE-GROUP-VALIDATION-2", "The creator's leaf is valid (RFC 9420 7.3)."),
        ("DS-CREATE-GROUP-VALIDATION-3", "The GroupInfo is valid (RFC 9420 12.4.3)."),
    ),
    *section(
        "DS",
        "Delete group",
        ("DS-DELETE-GROUP", "A client deletes a group; nothing can be done in it from then on."),
        ("DS-DELETE-GROUP-VALIDATION-1", "The commit removes every member but its sender."),
    ),
    *section(
        "DS",
        "Add users to a group",
        ("DS-ADD-USERS", "A client adds users with one or more of their clients each."),
        ("DS-ADD-USERS-FETCH", "KeyPackages are fetched from the users' own providers first."),
        ("DS-ADD-USERS-WELCOMES", "The Welcomes are fanned out to the users' providers."),
        ("DS-ADD-USERS-VALIDATION-1", "The request holds a PublicMessage with a commit, and in that are only Adds."),
        ("DS-ADD-USERS-VALIDATION-2", _KEEPS_CREDENTIAL),
        ("DS-ADD-USERS-VALIDATION-3", "No added client belongs to a user who is in the group already."),
        ("DS-ADD-USERS-VALIDATION-4", "Connection KeyPackages are for connection groups only."),
        ("DS-ADD-USERS-VALIDATION-5", "Each guest provider that gains clients gets a Welcome of its own."),
    ),
    *section(
        "DS",
        "Remove users from a group",
        ("DS-REMOVE-USERS", "A client removes users, all of their clients at once."),
        ("DS-REMOVE-USERS-FANNED-OUT", "Who is removed gets the commit too, and recognizes what it says."),
        ("DS-REMOVE-USERS-VALIDATION-1", "The request holds a PublicMessage with a commit, and in that only Removes."),
        ("DS-REMOVE-USERS-VALIDATION-2", _KEEPS_CREDENTIAL),
        ("DS-REMOVE-USERS-VALIDATION-3", "No user of whom a client is removed keeps another one in the group."),
    ),
    *section(
        "DS",
        "Add clients to a group",
        ("DS-ADD-CLIENTS", "A client adds further clients of a user who is in the group."),
        ("DS-ADD-CLIENTS-VALIDATION-1", "The request holds a PublicMessage with a commit, and in that are only Adds."),
        ("DS-ADD-CLIENTS-VALIDATION-2", _KEEPS_CREDENTIAL),
        ("DS-ADD-CLIENTS-VALIDATION-3", "Every added client belongs to a user who is in the group."),
    ),
    *section(
        "DS",
        "Remove clients from a group",
        ("DS-REMOVE-CLIENTS", "A client removes other clients of its own user, but not itself."),
        ("DS-REMOVE-CLIENTS-VALIDATION-1", "The request holds a PublicMessage with a commit, in that only Removes."),
        ("DS-REMOVE-CLIENTS-VALIDATION-2", _KEEPS_CREDENTIAL),
        ("DS-REMOVE-CLIENTS-VALIDATION-3", "Every removed client belongs to the sender's user."),
    ),
    *section(
        "DS",
        "Self remove a client from a group",
        ("DS-SELF-REMOVE", "A client asks to be removed, and is a member until somebody commits that."),
        ("DS-SELF-REMOVE-VALIDATION-1", "The request holds a PublicMessage with one Remove proposal."),
        ("DS-SELF-REMOVE-VALIDATION-2", "It removes its sender."),
    ),
    *section(
        "DS",
        "Update a client in a group",
        ("DS-UPDATE-CLIENT", "A client changes its own leaf, to recover from a compromise for example."),
        (
            "DS-UPDATE-CLIENT-VALIDATION-1",
            "The request holds a PublicMessage with a commit that has a path and no proposals.",
        ),
        ("DS-UPDATE-CLIENT-VALIDATION-2", "A credential that changes is validated; here it can't change at all."),
    ),
    *section(
        "DS",
        "Join the group using an external commit",
        ("DS-EXTERNAL-JOIN", "A user's new client, or one that has lost its state, joins without anybody's help."),
        ("DS-EXTERNAL-JOIN-FETCH", "The joiner first fetches what the commit needs from the owner."),
        ("DS-EXTERNAL-JOIN-VALIDATION-1", "The request holds a PublicMessage with a commit by a new member."),
        ("DS-EXTERNAL-JOIN-VALIDATION-2", "The joiner is a client of a user who is in the group."),
    ),
    *section(
        "DS",
        "Send an application message to a group",
        ("DS-SEND-MESSAGE", "A member's application message is fanned out to the rest of the group."),
        ("DS-SEND-MESSAGE-VALIDATION-1", "The request holds a PrivateMessage with application content."),
    ),
    *section(
        "DS",
        "Fetch the DS' signature public key",
        ("DS-SIGNATURE-KEY", "A provider tells other providers the key that its fan-out requests are signed with."),
        ("DS-SIGNATURE-KEY-PROPOSALS", "Members verify its proposals with the key in the group's external senders."),
    ),
    *section(
        "DS",
        "Fetch AddPackages of one or more clients",
        ("DS-ADD-PACKAGES", "The answer has a KeyPackage of each client that is asked for."),
        ("DS-ADD-PACKAGES-VALIDATION-1", "All clients asked for are clients of the provider that is asked."),
        ("DS-ADD-PACKAGES-VALIDATION-2", "Only who is connected with a user gets KeyPackages of the user's clients."),
    ),
    *section(
        "DS",
        "Fetch connection AddPackages of one or more clients",
        ("DS-CONNECTION-ADD-PACKAGES", "The answer has a connection KeyPackage of each client of a user."),
        ("DS-CONNECTION-ADD-PACKAGES-ANYBODY", "Users without any connection with the user get them too."),
        ("DS-CONNECTION-ADD-PACKAGES-VALIDATION-1", "The clients are clients of the provider that is asked."),
        ("DS-CONNECTION-ADD-PACKAGES-VALIDATION-2", "The clients all belong to the one user."),
    ),
    *section(
        "DS",
        "ReInitialize a group",
        ("DS-REINITIALIZE", "A client ends a group in favour of another with other parameters."),
        ("DS-REINITIALIZE-VALIDATION-1", "The request holds a PublicMessage with a commit to a ReInit proposal."),
        ("DS-REINITIALIZE-VALIDATION-2", "The next group is one of the same owner, of a version that is not lower."),
    ),
)
