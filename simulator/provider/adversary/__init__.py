"""What a provider can do to those who trust it.

    functions     on a running provider, each an attack on somebody else: substitute, tell, withhold,
                  send_as_external_sender, ask_as_invented_users, and take_commit and take_group, by which it takes
                  what no hub may
    interceptors  ways to deviate until told to stop (`interceptors.py`): Answering (also by `false_tree`,
                  `key_per_directory` and `selective_issuing`), ContextPerChallenge, those of `key_per_challenge`,
                  Reordering, Withholding

An attack is one file and one line here. What its own client can do is in `clients.adversary`.
"""

from simulator.provider.adversary.accept_anything import take_commit, take_group
from simulator.provider.adversary.answering import Answering, Lie
from simulator.provider.adversary.changing_contexts import ContextPerChallenge
from simulator.provider.adversary.changing_keys import key_per_challenge, key_per_directory
from simulator.provider.adversary.false_tree import false_tree
from simulator.provider.adversary.invented_users import ask_as_invented_users
from simulator.provider.adversary.odd_proposal import send_as_external_sender
from simulator.provider.adversary.reordering import Reordering
from simulator.provider.adversary.selective_issuing import selective_issuing
from simulator.provider.adversary.substitute import substitute
from simulator.provider.adversary.tell import tell
from simulator.provider.adversary.withhold import withhold
from simulator.provider.adversary.withholding import Withholding

__all__ = [
    "Answering",
    "ContextPerChallenge",
    "Lie",
    "Reordering",
    "Withholding",
    "ask_as_invented_users",
    "false_tree",
    "key_per_challenge",
    "key_per_directory",
    "selective_issuing",
    "send_as_external_sender",
    "substitute",
    "take_commit",
    "take_group",
    "tell",
    "withhold",
]
