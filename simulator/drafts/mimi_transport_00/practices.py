"""Which requirements what providers and clients decide by themselves follows here (`simulator.services.decisions`)."""

PRACTICES = {
    "CLIENT-ASKS-AGAIN": "P-4-REPEATED",
    "CLIENT-FETCHES-TREE-AGAIN": "P-5-ONE-OWNER",
    "CLIENT-JOINS-LATER": "P-5-ONE-OWNER",
    "CLIENT-JOINS-NO-MORE": "P-5-ONE-OWNER",
    "CLIENT-READS-ONCE": "P-5-ACKNOWLEDGED",
    "CLIENT-WAITS-FOR-ANSWER": "P-4-REPEATED",
    "CLIENT-WAITS-FOR-HUB": "P-5-ONE-OWNER",
    "DISCOVERY-ENDED": "P-2-DISCOVERY-CACHE",
    "KEY-PACKAGE-EXPIRED": "P-5-EXPIRED",
    "KEY-PACKAGE-LAST-RESORT": "P-5-HANDED-OUT-ONCE",
    "OUTBOX-AGAIN": "P-5-OUTBOX",
    "OUTBOX-EXPIRY": "P-5-BACK-OFF",
    "OUTBOX-KEPT": "P-5-OUTBOX",
    "OUTBOX-RETRY-AFTER": "P-5-BACK-OFF",
    "PROVIDER-KEY-ENDED": "P-5-KEY-CACHE",
    "PROVIDER-KEY-REFETCHED": "P-5-KEY-CACHE",
    "QUEUED-ONCE": "P-5-ONCE",
    "REQUEST-REPEATED": "P-4-REPEATED",
}
"""By the ID of the practice. What is not here has no requirement that says the same."""
