"""Section 7: what messages say, and what the hub asserts of them."""

from simulator.rules import Answer, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "MC",
        "MIMI content",
        prohibition("P6-7-CONTENT", "What an application message says is MIMI content, in the one encoding it has."),
    ),
    *section(
        "P",
        "Franking",
        prohibition(
            "P6-7-AUTHENTICATED-DATA", "Beside an application message stands at most a franking tag, of 32 bytes."
        ),
        prohibition(
            "P6-7-FRANK-SIGNATURE", "A Frank is signed by the room's franking agent, with sender, room and time."
        ),
        prohibition("P6-7-FRANK-TAG", "The franking tag of a message is that of its content."),
        prohibition("P6-7-SERVER-FRANK", "A hub takes no report of what it has not accepted like that."),
        duty("P6-7-FRANKED", "The hub franks each message that has a tag.", Answer("reportAbuse")),
    ),
    *section(
        "profile",
        "Franking",
        prohibition("P6-7-REQUIRED", "Where a room requires franking, a message without a tag is refused."),
        prohibition("P6-7-FRANK-SUITE", "A Frank is of the cipher suite of its room."),
        prohibition("P6-7-FRANK-AGENT", "The franking agent of a room is its hub."),
        prohibition("P6-7-FRANK-SENDER", "The content of a message names the user whose client sent it."),
        prohibition("P6-7-FRANK-ROOM", "The content of a message names the room that it came in."),
        prohibition("P6-7-FRANK-PRESENT", "A message with a tag comes with a Frank."),
    ),
)
