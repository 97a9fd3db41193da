"""The owner of a group validates every change to it, orders the changes and fans them out ([DS]).

    recipient                              for whom a request is: the check against forwarding
    operations                             entry point: which function carries out which command
    request access group_facts             what is asked for, in which group; proving who asks; what is kept of groups
    commits leaves group_context welcomes  what every commit, leaf, GroupContext and Welcome has to fulfil
    creation adding removals_by_members updating joining messages
                                           the operations
    removals_by_provider                   what the provider does of its own accord: propose a removal
    deliveries receiving                   what waits in outboxes and queues; what a guest takes from an owner
    key_packages                           what a KeyPackage is for, and who gets one
    accept_anything                        what it does where it is to break these rules

A group is tracked as a member would track it, without secrets (`services.hub`); what a member would reject is
rejected here, with a Refusal, before anything is stored or sent. The package is the draft's DraftRules.
"""

from simulator.drafts.mimi_transport_00.rules.accept_anything import take_commit, take_group
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver, digest
from simulator.drafts.mimi_transport_00.rules.key_packages import key_package_use
from simulator.drafts.mimi_transport_00.rules.removals_by_provider import clients_gone, hub_keys

__all__ = ["clients_gone", "deliver", "digest", "hub_keys", "key_package_use", "take_commit", "take_group"]
