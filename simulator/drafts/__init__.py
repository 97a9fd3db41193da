"""The drafts the simulator speaks. `DRAFTS` is the only list: a draft is one package and one line.

draft            what a draft is to everybody else: one row of values and functions
requests/        its endpoints, what comes in and goes out, and what is checked of it in which order
issuer_endpoints             the endpoints that belong to no draft
discovery provider_keys consent mls_profile attachments adversary      the parts of the row
endpoint_words features      what scenarios say of any draft: words for endpoints, and what a draft may lack
by_name                      names without imports: a draft is imported when it is first asked for
registry validation          drafts of the user's own: found, and told what does not fit
dissection opaque_bodies     bodies as trees, for traces; verdicts: which answers are refusals
draft_layout                 all of a draft that another version could differ in, as a value
"""

from simulator.drafts.by_name import DraftsByName, Listed

DRAFTS = DraftsByName(
    Listed("mimi-transport-00", "simulator.drafts.mimi_transport_00:MIMI_TRANSPORT_00", usual=True),
    Listed("mimi-transport-01", "simulator.drafts.mimi_transport_01:MIMI_TRANSPORT_01"),
    Listed("mimi-protocol-06", "simulator.drafts.mimi_protocol_06:MIMI_PROTOCOL_06"),
)
