"""Section 4.6: what users say about being added to rooms."""

from simulator.rules import Answer, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "Consent",
        duty(
            "P6-4.6-REQUEST",
            "POST requestConsent asks a user for consent, or takes that back.",
            Answer("requestConsent"),
        ),
        duty(
            "P6-4.6-UPDATE",
            "POST updateConsent tells a user that consent is granted or revoked.",
            Answer("updateConsent"),
        ),
        prohibition("P6-4.6-SENDER", "Requests come from the requester's provider, answers from the target's."),
        prohibition("P6-4.6-USER", "A user who does not exist is neither asked nor answered."),
    ),
    *section(
        "profile",
        "Consent",
        prohibition("P6-4.6-OPERATION", "requestConsent takes request and cancel, updateConsent grant and revoke."),
        prohibition("P6-4.6-KEY-PACKAGES", "KeyPackages in a grant are of clients of the target's, one of each."),
    ),
)
