"""The hub of a group: what its provider does with messages of the group, whatever the draft.

A hub tracks a group as a member would, without secrets (`mls.public_group`): what RFC 9420 does not let a member accept
is refused, before anything is stored or sent. What else a draft demands stands between these calls, in its folder. By
which rule something is refused, and so its error code and the text that it comes from, the draft says with each call.

    groups                         the group that is asked about, and its epoch
    commits group_info welcomes    a commit with the GroupInfo and the Welcomes that come with it
    proposals                      those that wait for a commit, also the hub's own
    fan_out idempotency            who hears of it; the same request once more
    mls_rules                      what MLS refuses, as a Refusal
"""
