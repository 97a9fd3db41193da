"""Section 5: what a room keeps in its GroupContext, and how it changes."""

from simulator.rules import Met, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "Participant list",
        prohibition("P6-5-LIST-DATA", "The participant list and its changes are what the component is declared as."),
        prohibition("P6-5-LIST-INDEX", "A change of the list names places that it has."),
        prohibition("P6-5-LIST-TOUCHED-ONCE", "One commit changes, removes or adds a user once."),
        prohibition("P6-5-LIST-NEW-USER", "Only who is not in the list is added to it."),
        prohibition("P6-5-LIST-ROLE", "Nobody in the list has role 0, which is for who is not."),
        duty(
            "P6-5-LIST-ORDER",
            "A change gives roles first, then removes, closing the gaps, then adds at the end.",
            Met("roles"),
        ),
    ),
    *section(
        "RP",
        "Roles",
        prohibition("P6-5-OPEN-JOIN", "Only role 0 has canOpenJoin."),
        prohibition("P6-5-ROLES-DIFFER", "Each role has an index of its own."),
    ),
    *section(
        "profile",
        "Components",
        prohibition("P6-5-LIST-USER-URI", "Who is added to the list is a user, by its URI."),
        duty(
            "P6-5-LIST-ONE-CHANGE",
            "All updates of the list in one commit are one change, whose places are those of the list before it.",
            Met("roles"),
        ),
        prohibition("P6-5-COMPONENT-DATA", "What a component keeps is what it is declared as, and is there."),
        prohibition(
            "P6-5-ONE-UPDATE", "One commit replaces metadata, roles, preauthorizations and base policy once each."
        ),
        prohibition("P6-5-ROOM-URI", "A room keeps its URI."),
        prohibition("P6-5-NO-PARENT", "No room depends on another one."),
        prohibition(
            "P6-5-NEW-ROOM",
            "A new room has its creator as the only participant, lists what rooms have, and names itself and its hub's "
            "franking agent.",
        ),
    ),
)
