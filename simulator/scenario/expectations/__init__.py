"""What a scenario can expect: one file each, and one line here, which is the only list of them."""

from simulator.scenario.kinds import KindsByWord
from simulator.scenario.step import Expectation

EXPECTATIONS: KindsByWord[Expectation] = KindsByWord(
    __name__,
    {
        "received": "received:Received",
        "not_received": "not_received:NotReceived",
        "inbox": "inbox:Inbox",
        "downloaded": "downloaded:Downloaded",
        "queued": "queued:Queued",
        "members": "members:Members",
        "roles": "roles:Roles",
        "agreement": "agreement:Agreement",
        "split": "split:Split",
        "consistent": "consistent:Consistent",
        "delivered": "delivered:Delivered",
        "delivery_time": "delivery_time:DeliveryTime",
        "connected": "connected:Connected",
        "connection_requests": "connection_requests:ConnectionRequests",
        "key_packages": "key_packages:KeyPackagesLeft",
        "requests": "requests:Requests",
        "crashes": "crashes:Crashes",
        "hits": "hits:Hits",
        "same_answers": "same_answers:SameAnswers",
        "reported": "reported:Reported",
        "undelivered": "undelivered:Undelivered",
        "unchanged": "unchanged:Unchanged",
        "rejected": "rejected:RejectedBy",
        "noticed": "noticed:Noticed",
        "may_reject": "may_reject:MayReject",
        "tokens": "tokens:Tokens",
        "issued": "issued:Issued",
        "redeemed": "redeemed:Redeemed",
        "token_accounts": "token_accounts:TokenAccounts",
        "not_named": "not_named:NotNamed",
        "named": "named:Named",
        "challenge_ignored": "challenge_ignored:ChallengeIgnored",
        "anonymity": "anonymity:Anonymity",
    },
)
