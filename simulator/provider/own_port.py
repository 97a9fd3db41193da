"""The loopback port at which a provider serves."""

import errno
import socket

from simulator.errors import Misuse
from simulator.machine import MachineFailure, machine_failure
from simulator.net import reserved_port


class PortTaken(Misuse):
    """A provider can't serve at the port that it was given."""


def own_port(provider: str, port: int | None) -> socket.socket:
    """A loopback port reserved for a provider: this one, or any. Raises PortTaken, and MachineFailure."""
    try:
        return reserved_port(port or 0)
    except OSError as error:
        failure = None if port and error.errno == errno.EADDRINUSE else machine_failure(error)
        if failure is not None:
            raise MachineFailure(f"{provider} can't serve: {failure}") from error
        raise PortTaken(f"{provider} can't serve at port {port}: {error.strerror}") from None
