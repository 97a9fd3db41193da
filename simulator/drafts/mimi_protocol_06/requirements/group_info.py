"""Section 4.5, as the hub keeps it: what a client gets that wants to join by itself."""

from simulator.rules import Answer, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "5.6 Claim Group Key Information",
        duty("P6-4.5-ANSWERED", "Who may join gets GroupInfo, tree and queue, for its eyes only.", Answer("groupInfo")),
        prohibition("P6-4.5-SIGNATURE", "The request is signed with requestingSignatureKey."),
        prohibition("P6-4.5-MAY-JOIN", "Only who may join by itself gets to know what that takes."),
    ),
    *section(
        "profile",
        "Joining",
        prohibition("P6-4.5-FORM", "The credential names a client, and one can encrypt to groupInfoPublicKey."),
        prohibition("P6-4.5-SENDER", "From is the provider of requestingCredential's client."),
        prohibition("P6-4.5-SUITE", "The suite is the room's."),
        prohibition("P6-4.5-JOINING-CODE", "There are no joining codes."),
    ),
)
