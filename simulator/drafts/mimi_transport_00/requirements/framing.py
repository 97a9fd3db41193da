"""[DS] requests and answers, fan-out, connection establishment, assisted joining, proposals."""

from simulator.drafts.mimi_transport_00.requirements.shown import (
    CONNECTION_KEY_PACKAGES,
    CONNECTION_REQUEST,
    DELIVERED,
    JOIN_INFO,
    JOINED_BY_COMMIT,
    JOINED_BY_WELCOME,
    LEFT_BY_COMMIT,
    OPERATION,
    PROVIDER_SIGNATURE,
    TREE,
    WRONG_KIND,
)
from simulator.rules import All, Answer, Broken, Done, Event, Met, Refused, duty, excused, prohibition, section

REQUIREMENTS = (
    *section(
        "DS",
        "Client to server requests",
        prohibition(
            "DS-REQUEST-AUTHENTICATED", "A request is authenticated, as its type wants it, before anything is done."
        ),
        prohibition(
            "DS-REQUEST-CLIENT-SIGNATURE", "A client's signature is checked with the key of the leaf that it names."
        ),
        duty("DS-REQUEST-GROUP", "Which group a request is about, the MLSMessage in it says.", OPERATION),
        prohibition(
            "DS-REQUEST-AS-MEMBER",
            "The MLSMessage is verified as a member would, its signature too.",
            Broken("DS-STATE-UPDATE-COMMIT"),
        ),
        excused(
            "DS-REQUEST-AAD",
            "A client may put data into the message's AAD for owner and members.",
            "a permission: it is carried through with the message, and no operation here has a use for it",
        ),
        duty(
            "DS-RESPONSE",
            "The answer is a DSResponse of the type that the request asks for, or an error.",
            OPERATION,
            Refused(endpoint="group_operation"),
            Refused(endpoint="group_operation"),
        ),
        excused(
            "DS-REQUEST-ANONYMOUS",
            "A request may need no authentication.",
            "no operation is marked so in either draft: each of them changes or reveals a group (PROTOCOL.md)",
        ),
    ),
    *section(
        "DS",
        "Server to server requests",
        duty(
            "DS-FANOUT-AFTER-RESPONSE",
            "Messages are fanned out after the answer to whoever caused them.",
            All(Event("Sent"), Answer(operation="send_message"), DELIVERED, Met("requests")),
        ),
        duty(
            "DS-FANOUT-CONTENT",
            "A fan-out request names its sender and all clients there that the message is for.",
            DELIVERED,
        ),
        duty(
            "DS-FANOUT-PER-GUEST",
            "Each guest provider gets a request of its own, with its own clients only.",
            All(DELIVERED, Met("requests")),
        ),
        duty(
            "DS-FANOUT-STORE",
            "The receiver stores the message for the clients that are named, and forwards it.",
            All(DELIVERED, Met("queued")),
            All(DELIVERED, Event("Received")),
        ),
        prohibition(
            "DS-FANOUT-SIGNATURE", "The receiver verifies the sending provider's signature.", PROVIDER_SIGNATURE
        ),
        duty(
            "DS-FANOUT-RESPONSE",
            "The receiver answers, with ok or an error.",
            DELIVERED,
            Refused(endpoint="deliver_message"),
        ),
    ),
    *section(
        "DS",
        "AddPackages",
        excused(
            "DS-ADD-PACKAGE",
            "KeyPackages are wrapped in AddPackages, with more data in the other mode.",
            "without the withdrawn mode an AddPackage is a KeyPackage, which is what travels here",
        ),
    ),
    *section(
        "DS",
        "Connection establishment flow",
        duty(
            "DS-CONNECT-FLOW",
            "Who asks gets connection KeyPackages, creates a connection group and invites the other.",
            All(CONNECTION_KEY_PACKAGES, CONNECTION_REQUEST),
        ),
        duty("DS-CONNECT-WHO", "From the group's state the invited user sees who asks.", Met("connection_requests")),
    ),
    *section(
        "DS",
        "DS assisted joining",
        duty(
            "DS-STATE-TRACKED",
            "The owner processes what it accepts, so that it always has the group's public state.",
            JOINED_BY_WELCOME,
            JOINED_BY_COMMIT,
        ),
        duty(
            "DS-STATE-PARTIAL-GROUP-INFO",
            "A commit comes with the rest that the owner needs for a valid GroupInfo.",
            JOIN_INFO,
            Broken("DS-STATE-UPDATE-GROUP-INFO"),
        ),
        prohibition("DS-STATE-UPDATE-PUBLIC", "An MLSGroupUpdate has to hold a PublicMessage with a commit."),
        prohibition("DS-STATE-UPDATE-COMMIT", "Its commit has to be valid in the group as it is."),
        prohibition(
            "DS-STATE-UPDATE-GROUP-INFO", "Its partial group info has to be valid in the group as the commit leaves it."
        ),
        duty(
            "DS-STATE-EXTERNAL", "The owner gives GroupInfo and tree to whoever may join by external commit.", JOIN_INFO
        ),
        duty("DS-STATE-TREE", "The owner gives the tree to whoever has a Welcome.", TREE),
        duty(
            "DS-STATE-OLD-EPOCHS",
            "The tree of an epoch with additions is kept until all who were added have joined.",
            All(TREE, Event("Joined"), Done("online")),
            All(TREE, Event("Joined"), Done("repair")),
            All(TREE, Event("Joined"), Done("advance")),
        ),
        excused(
            "DS-STATE-AS",
            "Material to authenticate clients with comes from elsewhere.",
            "a note of the authors: the Authentication Service is not part of these drafts",
        ),
    ),
    *section(
        "DS",
        "Handling of standalone MLS Proposals",
        prohibition(
            "DS-PROPOSALS-MATCH", "The proposals in a commit are those that its operation is about.", *WRONG_KIND
        ),
        excused(
            "DS-PROPOSALS-BY-REFERENCE",
            "All of a commit's proposals are by reference.",
            "contradicts the next paragraph, which asks that of others only: the operation's own are by value here",
        ),
        duty(
            "DS-PROPOSALS-EARLIER",
            "A commit may also take along valid proposals that were sent earlier in its epoch.",
            LEFT_BY_COMMIT,
            All(Done("update_client"), Met("members")),
        ),
        duty(
            "DS-PROPOSALS-EARLIER-REFERENCE",
            "Those are by reference, so only what the owner has seen can be taken.",
            LEFT_BY_COMMIT,
        ),
        prohibition("DS-PROPOSALS-EXTERNAL-SENDERS", "Every group lists its owner among the external senders."),
        duty(
            "DS-PROPOSALS-LEAVING",
            "A client that wants to leave can only propose it; another member commits.",
            All(Done("leave"), Event("Proposed")),
        ),
        excused(
            "DS-PROPOSALS-EXTERNAL-COMMIT",
            "Proposals by reference are a problem for external commits.",
            "an open question of the authors, without a rule",
        ),
    ),
)
