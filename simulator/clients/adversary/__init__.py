"""What a member can do to its group that its hub can't see.

Operations like the honest ones, and as valid as they need to be for the provider to accept them.
    crafting.py builds a commit and lets one part of it be spoiled; an attack is one file and one line here
"""

from simulator.clients.adversary.broken_path import BrokenPath
from simulator.clients.adversary.impossible_successor import ImpossibleSuccessor
from simulator.clients.adversary.odd_join import OddJoin
from simulator.clients.adversary.odd_message import OddMessage
from simulator.clients.adversary.wrong_confirmation_tag import WrongConfirmationTag
from simulator.clients.adversary.wrong_external_pub import WrongExternalPub
from simulator.clients.adversary.wrong_membership_tag import WrongMembershipTag
from simulator.clients.adversary.wrong_path_secret import WrongPathSecret

__all__ = [
    "BrokenPath",
    "ImpossibleSuccessor",
    "OddJoin",
    "OddMessage",
    "WrongConfirmationTag",
    "WrongExternalPub",
    "WrongMembershipTag",
    "WrongPathSecret",
]
