"""What a provider decides, without I/O.

Commands come in, results and effects go out; a `Refusal` says no and has changed nothing. No clock and no randomness
of its own: both come with the `ServiceContext`. Whoever calls has a transaction of the store open.

    commands asker results     what is asked, as whom, with what answer
    refusal signing            saying no; signatures over requests
    names members              how users, clients and groups are called; who is in a group
    service_context            what is known about the provider that serves
    hub/                       the hub of groups: what every draft does with their messages
    delivery/                  what is left to do then: queues of our clients, what waits to be sent to followers
    accounts/                  users and clients, who may add whom, the stock of KeyPackages
    limits/                    the provider's policy, token buckets, cooldowns
    draft_rules                what services need of a draft
    discovery provider_keys    where the other providers are, with which keys we and they sign

Only `drafts` and what is above it may import this package; it imports `storage`, `mls` and below.
"""
