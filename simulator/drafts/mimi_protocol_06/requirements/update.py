"""Sections 3.1 and 4.2: creating a room, and what the hub demands of every handshake."""

from simulator.rules import Answer, Event, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "5.3 Update Room State",
        duty("P6-4.2-ACCEPTED", "The hub accepts handshakes and tells when.", Answer("update")),
        prohibition("P6-4.2-EPOCH", "A handshake is of the room's current epoch; of an epoch one commit wins."),
        prohibition("P6-4.2-COMMIT", "A commit is one that a member of the group could accept."),
        prohibition("P6-4.2-PROPOSAL", "A proposal is valid in the group, and could be committed with all that waits."),
        prohibition(
            "P6-4.2-REMOVED-USERS",
            "Clients of a user whose removal or ban is accepted commit nothing, and propose only their own removal.",
        ),
    ),
    *section(
        "P",
        "3.5 Alice Leaves the Room",
        prohibition(
            "P6-4.2-WHOLE-QUEUE", "A commit takes along all that waits; one of a joiner all SelfRemoves of that."
        ),
        duty("P6-4.2-QUEUE", "Proposals wait in the room, and everybody hears of them.", Event("Proposed")),
    ),
    *section(
        "profile",
        "The hub",
        prohibition("P6-3.1-ID", "A new room has an id that names the hub, and that no room has or had."),
        prohibition("P6-3.1-GROUP-INFO", "A new room has a valid GroupInfo of epoch 0, in a suite that is served."),
        prohibition("P6-3.1-CREATOR", "The creator's leaf is valid, and that of a KeyPackage."),
        prohibition("P6-3.1-ROOM", "A new room is as section 5 has it, with the hub's keys and its creator alone."),
        prohibition("P6-4.2-FORM", "A handshake is a PublicMessage of the room with a proposal or a commit."),
        prohibition("P6-4.2-ONE-SENDER", "The proposals of a bundle are of one sender."),
        prohibition("P6-4.2-MEMBERS-PROPOSE", "Handshakes are of members, or commits of joiners."),
        prohibition("P6-4.2-SENDER", "From is the provider of the client that made the handshake."),
        prohibition("P6-4.2-LEAF", "A new leaf is that of a client, and knows the room's components."),
        prohibition("P6-4.2-OWN-LEAF", "A new leaf of a client of the hub's is of one it has, with a key it knows."),
        prohibition("P6-4.2-INVARIANTS", "What holds in every epoch holds after the commit, and after the queue."),
        prohibition("P6-4.2-ACTOR", "Who sends a handshake is in the group, and so has a role."),
        prohibition("P6-4.2-WELCOME", "A Welcome is there exactly if the commit adds, and names exactly whom it adds."),
        prohibition("P6-4.2-GROUP-INFO", "The rebuilt GroupInfo has the committer's signature, and an external_pub."),
        prohibition("P6-4.2-TREE", "A ratchet tree comes in full and as the hub has it, or not at all."),
        prohibition("P6-5-PROPOSALS", "Only Add, Remove, AppDataUpdate and SelfRemove are proposed in rooms."),
        prohibition("P6-5-LEAF-SAME-CLIENT", "A leaf stays that of the client that it belongs to."),
    ),
)
