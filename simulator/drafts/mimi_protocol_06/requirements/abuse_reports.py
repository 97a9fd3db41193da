"""Section 4.8: what a hub takes for a report."""

from simulator.rules import Answer, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "Report abuse",
        duty("P6-4.8-REPORT", "Who got a franked message can report it to the hub.", Answer("reportAbuse")),
        prohibition("P6-4.8-MESSAGES", "A hub takes no report of messages that it did not accept just like that."),
    ),
    *section(
        "profile",
        "Abuse reports",
        prohibition("P6-4.8-SENDER", "A report comes from a provider of which a user takes part in the room."),
        prohibition("P6-4.8-REPORTER", "Who reports, if that is said, is a user of that provider with canReportAbuse."),
    ),
)
