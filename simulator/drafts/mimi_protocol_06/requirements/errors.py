"""Sections 8, as far as it is about rates, and 9: how refusals travel."""

from simulator.rules import Refused, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "profile",
        "Rates",
        prohibition(
            "P6-8-RATES", "A provider can limit the rate by address, provider, group, member and requester; 429."
        ),
    ),
    *section(
        "profile",
        "Errors",
        duty("P6-9-RESULT-CODE", "A refusal for which a struct has a code comes in it, with 200.", Refused(http=200)),
        duty(
            "P6-9-PROBLEM",
            "Any other refusal is application/problem+json, whose code is the name of the error.",
            Refused("malformed", 400),
            Refused("not_authorized", 403),
            Refused("unknown_group", 404),
            Refused("malformed", 421),
            Refused("unknown_user", 404),
            Refused("wrong_sender", 403),
        ),
    ),
)
