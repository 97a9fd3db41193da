"""What [P], [RP] and [MC] demand, and the rules of this profile, as requirements with IDs: one file a section.

The numbers in IDs such as `P6-4.3-EPOCH` are those of the profile's sections. `profile` is what PROTOCOL.md adds.

transport     1-3, names, TLS, checks         key_packages  4.1, KeyPackages by way of the hub
update        3.1, 4.2, the hub               submit_message  4.3   notify  4.4     group_info  4.5, what the hub tells
joining       4.5, what a joiner checks       consent       4.6     identifiers  4.7
mls_binding   5, how MLS is used              components    5, what a room keeps
room_policy   6, roles and invariants         franking      7, content and Franks
time_and_order  8, repetition                 errors        8, rates; 9, how refusals travel
abuse_reports  4.8                                downloads   4.9, assets by way of the hub
"""

from simulator.drafts.mimi_protocol_06.requirements import (
    abuse_reports,
    components,
    consent,
    downloads,
    errors,
    franking,
    group_info,
    identifiers,
    joining,
    key_packages,
    mls_binding,
    notify,
    room_policy,
    submit_message,
    time_and_order,
    transport,
    update,
)

REQUIREMENTS = (
    *transport.REQUIREMENTS,
    *key_packages.REQUIREMENTS,
    *update.REQUIREMENTS,
    *submit_message.REQUIREMENTS,
    *notify.REQUIREMENTS,
    *group_info.REQUIREMENTS,
    *joining.REQUIREMENTS,
    *consent.REQUIREMENTS,
    *identifiers.REQUIREMENTS,
    *abuse_reports.REQUIREMENTS,
    *downloads.REQUIREMENTS,
    *mls_binding.REQUIREMENTS,
    *components.REQUIREMENTS,
    *room_policy.REQUIREMENTS,
    *franking.REQUIREMENTS,
    *time_and_order.REQUIREMENTS,
    *errors.REQUIREMENTS,
)
