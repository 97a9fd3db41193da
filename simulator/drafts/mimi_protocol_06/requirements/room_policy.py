"""Section 6: what roles allow, and what holds in every epoch."""

from simulator.rules import prohibition, section

REQUIREMENTS = (
    *section(
        "RP",
        "Role capabilities",
        prohibition(
            "P6-6-ADD-PARTICIPANT",
            "Who adds a user has canAddParticipant, and may change a role from 0 to the new one.",
        ),
        prohibition(
            "P6-6-REMOVE-PARTICIPANT",
            "Who removes a user has canRemoveParticipant, may change its role to 0, and removes all of its clients.",
        ),
        prohibition(
            "P6-6-LEAVE", "Who leaves has canRemoveSelf, may change its own role to 0, and takes all its clients along."
        ),
        prohibition(
            "P6-6-REMOVE-CLIENT", "Who removes a client has canRemoveOwnClient for its own, canKick for another's."
        ),
        prohibition(
            "P6-6-CHANGE-ROLE", "Who changes a role has canChangeUserRole, and its role authorizes the change."
        ),
        prohibition(
            "P6-6-BAN", "Who bans has canBan, or canChangeUserRole with canKick, and removes all the user's clients."
        ),
        prohibition("P6-6-UNBAN", "Who ends a ban has canUnBan or canChangeUserRole."),
        prohibition(
            "P6-6-OWN-ROLE",
            "Who changes its own role has canChangeOwnRole, and takes the role it is preauthorized for.",
        ),
        prohibition("P6-6-JOIN-LISTED", "A participant joins by itself with canAddOwnClient, unless it is banned."),
        prohibition(
            "P6-6-JOIN-UNLISTED",
            "Who is no participant joins by itself where role 0 has canOpenJoin and authorizes the role, or where "
            "preauthorization gives it a role with canJoinIfPreauthorized.",
        ),
        prohibition("P6-6-METADATA", "Each field of the metadata is changed by who has its capability."),
        prohibition("P6-6-ROLES", "Who defines roles has canChangeRoleDefinitions, and the list stays as it is."),
        prohibition(
            "P6-6-PREAUTH",
            "Who preauthorizes has canChangePreauthorizedUserList, and of the list only removals are beside it.",
        ),
        prohibition("P6-6-BASE-POLICY", "Who changes the base policy has canChangeRoomMembershipStyle."),
        prohibition("P6-6-MOST-OF-A-ROLE", "No more users have a role, or are active in it, than it allows."),
        prohibition("P6-6-MAX-CLIENTS", "No more clients are in the group than the room allows."),
        prohibition("P6-6-MAX-USERS", "No more users take part, but for the banned, than the room allows."),
        prohibition("P6-6-ONE-DEVICE", "Where a room is for one device of each user, no user has two in it."),
        prohibition(
            "P6-6-FIXED-MEMBERSHIP", "In a room of fixed membership nobody comes or goes, and no role can add anybody."
        ),
    ),
    *section(
        "P",
        "Introduction",
        prohibition("P6-6-MEMBERS-LISTED", "A client is in the group only if its user takes part and may be active."),
    ),
    *section(
        "profile",
        "Room policy",
        prohibition(
            "P6-6-ADD-CLIENT",
            "A participant's client is added with canAddOwnClient by its user, by others if they could add that user.",
        ),
        prohibition("P6-6-JOIN-ALONE", "By an external commit nothing changes but the joiner's own part."),
        prohibition("P6-6-ROLE-DEFINED", "Each participant has a role that the room defines."),
    ),
)
