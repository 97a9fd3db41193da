"""Section 4.4: what the hub fans out, and what a follower takes."""

from simulator.rules import Answer, Event, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "5.5 Fanout Messages and Room Events",
        duty(
            "P6-4.4-FANNED-OUT", "Each provider with clients in the room gets what is accepted there.", Answer("notify")
        ),
        duty("P6-4.4-ONCE", "A body that came before is answered as it was, and does nothing.", Event("Deduplicated")),
    ),
    *section(
        "profile",
        "Fan-out",
        prohibition("P6-4.4-HUB", "From is the hub of the room."),
        prohibition("P6-4.4-FORM", "A FanoutMessage has a message that is fanned out, and proposals, of this room."),
        prohibition(
            "P6-4.4-RECIPIENTS", "A Welcome names a KeyPackage of the follower's, all else comes where it has a member."
        ),
    ),
)
