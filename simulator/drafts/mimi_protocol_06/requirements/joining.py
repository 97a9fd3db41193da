"""Section 4.5, the joiner's side: what of a hub's answer must hold before a client commits itself into a room."""

from simulator.rules import Done, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "Fetch GroupInfo and ratchet tree",
        duty(
            "P6-4.5-SEALED-TO-JOINER",
            "What joining takes is encrypted to a key of the client that asks for it.",
            Done("external_join"),
        ),
        prohibition("P6-4.5-ANSWER-SIGNATURE", "The answer is signed with the key of its hub_sender."),
        prohibition("P6-4.5-ANSWER-SEALED", "What is encrypted in the answer is a GroupInfo with its ratchet tree."),
    ),
    *section(
        "profile",
        "Joining",
        prohibition("P6-4.5-ANSWER-ROOM", "A hub that is asked about a room answers about that one."),
        prohibition("P6-4.5-ANSWER-SUITE", "The answer is of the cipher suite that was asked for, the room's."),
        prohibition(
            "P6-4.5-HUB-SENDER",
            "The hub_sender of the answer has the hub's URI, and is an external sender of the group.",
        ),
    ),
)
