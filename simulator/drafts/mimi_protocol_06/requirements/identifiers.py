"""Section 4.7: which user has an identifier."""

from simulator.rules import Answer, Refused, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "Find internal address",
        duty(
            "P6-4.7-QUERY",
            "POST identifierQuery tells which user has an identifier.",
            Answer("identifierQuery"),
            Refused(endpoint="identifierQuery"),
        ),
        prohibition("P6-4.7-SEARCHABLE", "A user is found only by those identifiers by which it wants to be found."),
    ),
    *section(
        "profile", "Identifiers", prohibition("P6-4.7-DOMAIN", "A provider is asked about its own users; else 404.")
    ),
)
