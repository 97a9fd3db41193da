"""What a provider decides, without I/O.

Commands come in, results and effects go out; a `Refusal` says no and has changed nothing. No clock and no randomness
of its own: both come with the `ServiceContext`. Whoever calls has a transaction of the store open.

    commands asker results effects deliveries   what is asked, as whom, with what answer, and what is left to do then
    refusal signing                             saying no; signatures over requests
    names members                               how users, clients and groups are called; who is in a group
    service_context policy                      what is known about the provider that serves
    hub/                                        the hub of groups: what every draft does with their messages
    draft_rules                                 what services need of a draft
    queueing outbox                             the followers' side: queues of clients; what waits to be sent
    key_packages consent directory              stock, who may add whom, users and clients
    discovery provider_keys                     where the other providers are, with which keys we and they sign
    rate_limit                                  token buckets

Only `drafts` and what is above it may import this package; it imports `storage`, `mls` and below.
"""
