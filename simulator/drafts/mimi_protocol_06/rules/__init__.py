"""What a provider checks and does, each rule a requirement with its check.

rooms room_facts hub_keys          the rooms of which it is the hub, and the keys with which it speaks there
creation update submit_message group_info
                                   what the hub is asked for
handshakes leaves mls_validity queue commits commit_bundles welcomes
                                   what `update` checks, in its order
hub_proposals clients_gone         what the hub proposes by itself
deliveries fan_out                 what it sends, and to whom
following own_requests             what a follower takes, and what it has to know of its own clients for that
key_material fetching consent identifier_query
                                   KeyPackages on their way, and users who agree to be added
assets proxy_download              what it keeps for its users, and what it fetches for followers
accept_anything                    what a hub does where it is to break these rules

The package is the draft's DraftRules.
"""

from simulator.drafts.mimi_protocol_06.rules.accept_anything import take_commit, take_group
from simulator.drafts.mimi_protocol_06.rules.clients_gone import clients_gone
from simulator.drafts.mimi_protocol_06.rules.deliveries import deliver, digest
from simulator.drafts.mimi_protocol_06.rules.hub_keys import hub_keys
from simulator.drafts.mimi_protocol_06.rules.key_material import key_package_use

__all__ = ["clients_gone", "deliver", "digest", "hub_keys", "key_package_use", "take_commit", "take_group"]
