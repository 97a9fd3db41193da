"""Section 4.3: application messages, from their sender's provider to the hub."""

from simulator.rules import Answer, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "5.4 Submit a Message",
        duty("P6-4.3-ACCEPTED", "The hub accepts application messages and tells when.", Answer("submitMessage")),
        prohibition("P6-4.3-MAY-SEND", "Who sends takes part with a client in the group, and has canSendMessage."),
        prohibition("P6-4.3-EPOCH", "An application message is of the room's current epoch."),
    ),
    *section(
        "profile",
        "Messages",
        prohibition("P6-4.3-FORM", "An application message is a PrivateMessage of the room with application data."),
        prohibition("P6-4.3-SENDER", "From is the provider of sendingUri."),
        prohibition("P6-4.3-SAFE-AAD", "The authenticated_data is one SafeAAD, with a franking tag or nothing."),
    ),
)
