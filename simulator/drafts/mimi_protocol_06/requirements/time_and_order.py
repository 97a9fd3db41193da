"""Section 8: repetition (times are no rule: nobody can check them)."""

from simulator.rules import Event, duty, section

REQUIREMENTS = (
    *section(
        "profile",
        "Time and repetition",
        duty(
            "P6-8-REPETITION", "The same request again is answered as it was, and does nothing.", Event("AnsweredAgain")
        ),
        duty("P6-8-RETRIES", "What a follower does not take is kept, and tried again.", Event("Postponed")),
    ),
)
