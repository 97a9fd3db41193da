"""Where connections come from: each provider dials from a loopback address of its own, as from a machine of its own.

Without that all peers would look like one, and whatever a server grants per address (connections, requests) would be
shared by all of them.
"""

import errno
import socket
from functools import cache

LOCALHOST = "127.0.0.1"
_FIRST = 0x7F_00_00_02  # 127.0.0.2, and on from there
_COUNT = 0xFF_FF_FC


class SourceAddresses:
    """The addresses of everybody who dials, given out in the order in which they first do.

    Where the system has no loopback address but 127.0.0.1 (macOS), that is everybody's.
    """

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}

    def towards(self, target: str, sender: str) -> str | None:
        """The address that `sender` dials `target` from; None outside of the loopback network: the system chooses."""
        return self.of(sender) if target.startswith("127.") else None

    def of(self, sender: str) -> str:
        """The address that `sender` dials from."""
        if sender not in self._addresses:
            number = _FIRST + len(self._addresses) % _COUNT
            self._addresses[sender] = socket.inet_ntoa(number.to_bytes(4, "big")) if has_many() else LOCALHOST
        return self._addresses[sender]


@cache
def has_many() -> bool:
    """Whether this system has all of 127.0.0.0/8 on its loopback interface."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind(("127.0.0.2", 0))
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                raise
            return False
    return True
