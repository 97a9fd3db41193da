"""What a provider can do to those who trust it: functions on a running provider, each an attack on somebody else.

An attack is one file and one line here. What its own client can do is in `clients.adversary`.
"""

from simulator.provider.adversary.substitute import substitute
from simulator.provider.adversary.tell import tell
from simulator.provider.adversary.withhold import withhold

__all__ = ["substitute", "tell", "withhold"]
