"""[DS] requests and answers, fan-out, connection establishment, assisted joining, proposals."""

from simulator.rules import section

REQUIREMENTS = (
    *section(
        "DS",
        "Client to server requests",
        ("DS-REQUEST-AUTHENTICATED", "A request is authenticated, as its type wants it, before anything is done."),
        ("DS-REQUEST-CLIENT-SIGNATURE", "A client's signature is checked with the key of the leaf that it names."),
        ("DS-REQUEST-GROUP", "Which group a request is about, the MLSMessage in it says."),
        ("DS-REQUEST-AS-MEMBER", "The MLSMessage is verified as a member would, its signature too."),
        (
            "DS-REQUEST-AAD",
            "A client may put data into the message's AAD for owner and members.",
            "a permission: it is carried through with the message, and no operation here has a use for it",
        ),
        ("DS-RESPONSE", "The answer is a DSResponse of the type that the request asks for, or an error."),
        (
            "DS-REQUEST-ANONYMOUS",
            "A request may need no authentication.",
            "no operation is marked so in either draft: each of them changes or reveals a group (PROTOCOL.md)",
        ),
    ),
    *section(
        "DS",
        "Server to server requests",
        ("DS-FANOUT-AFTER-RESPONSE", "Messages are fanned out after the answer to whoever caused them."),
        ("DS-FANOUT-CONTENT", "A fan-out request names its sender and all clients there that the message is for."),
        ("DS-FANOUT-PER-GUEST", "Each guest provider gets a request of its own, with its own clients only."),
        ("DS-FANOUT-STORE", "The receiver stores the message for the clients that are named, and forwards it."),
        ("DS-FANOUT-SIGNATURE", "The receiver verifies the sending provider's signature."),
        ("DS-FANOUT-RESPONSE", "The receiver answers, with ok or an error."),
    ),
    *section(
        "DS",
        "AddPackages",
        (
            "DS-ADD-PACKAGE",
            "KeyPackages are wrapped in AddPackages, with more data in the other mode.",
            "without the withdrawn mode an AddPackage is a KeyPackage, which is what travels here",
        ),
    ),
    *section(
        "DS",
        "Connection establishment flow",
        ("DS-CONNECT-FLOW", "Who asks gets connection KeyPackages, creates a connection group and invites the other."),
        ("DS-CONNECT-WHO", "From the group's state the invited user sees who asks."),
    ),
    *section(
        "DS",
        "DS assisted joining",
        ("DS-STATE-TRACKED", "The owner processes what it accepts, so that it always has the group's public state."),
        ("DS-STATE-PARTIAL-GROUP-INFO", "A commit comes with the rest that the owner needs for a valid GroupInfo."),
        ("DS-STATE-UPDATE-PUBLIC", "An MLSGroupUpdate has to hold a PublicMessage with a commit."),
        ("DS-STATE-UPDATE-COMMIT", "Its commit has to be valid in the group as it is."),
        ("DS-STATE-UPDATE-GROUP-INFO", "Its partial group info has to be valid in the group as the commit leaves it."),
        ("DS-STATE-EXTERNAL", "The owner gives GroupInfo and tree to whoever may join by external commit."),
        ("DS-STATE-TREE", "The owner gives the tree to whoever has a Welcome."),
        ("DS-STATE-OLD-EPOCHS", "The tree of an epoch with additions is kept until all who were added have joined."),
        (
            "DS-STATE-AS",
            "Material to authenticate clients with comes from elsewhere.",
            "a note of the authors: the Authentication Service is not part of these drafts",
        ),
    ),
    *section(
        "DS",
        "Handling of standalone MLS Proposals",
        ("DS-PROPOSALS-MATCH", "The proposals in a commit are those that its operation is about."),
        (
            "DS-PROPOSALS-BY-REFERENCE",
            "All of a commit's proposals are by reference.",
            "contradicts the next paragraph, which asks that of others only: the operation's own are by value here",
        ),
        ("DS-PROPOSALS-EARLIER", "A commit may also take along valid proposals that were sent earlier in its epoch."),
        ("DS-PROPOSALS-EARLIER-REFERENCE", "Those are by reference, so only what the owner has seen can be taken."),
        ("DS-PROPOSALS-EXTERNAL-SENDERS", "Every group lists its owner among the external senders."),
        ("DS-PROPOSALS-LEAVING", "A client that wants to leave can only propose it; another member commits."),
        (
            "DS-PROPOSALS-EXTERNAL-COMMIT",
            "Proposals by reference are a problem for external commits.",
            "an open question of the authors, without a rule",
        ),
    ),
)
