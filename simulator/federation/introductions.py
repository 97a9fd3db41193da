"""How strangers become known here: where their names lead, whose certificates we believe, what we show them."""

import ssl
from collections.abc import Sequence
from pathlib import Path

from simulator.federation.stranger import Stranger
from simulator.federation.topology import BadTopology
from simulator.net import Address, Authority, GivenCredential, Network


class Introductions:
    """Introduces strangers to a network and an authority, before any provider of ours makes its TLS contexts.

    Raises BadTopology for a file that is not there, or is not what it should be.
    """

    def __init__(self, strangers: Sequence[Stranger], network: Network, authority: Authority) -> None:
        self._network = network
        self._authority = authority
        self._strangers = {stranger.name: stranger for stranger in strangers}
        self._credentials: dict[str, GivenCredential] = {}
        for stranger in strangers:
            self._trust(stranger)
            network.faults.machines[stranger.name] = stranger
            for host in (stranger.name, stranger.ds_host):
                self._lead(stranger, host)

    def discovered(self, provider: str, host: str) -> None:
        """Discovery says that the DS host of `provider` is `host`. If we have never heard of a stranger's, it is where
        the stranger is: that is what DNS would say.
        """
        stranger = self._strangers.get(provider)
        if stranger is not None and not self._network.knows(host):
            self._lead(stranger, host)

    def _lead(self, stranger: Stranger, host: str) -> None:
        self._network.bind(host, Address(stranger.external.address, stranger.external.port))
        if stranger.name in self._credentials:
            self._authority.show(host, self._credentials[stranger.name])

    def _trust(self, stranger: Stranger) -> None:
        external = stranger.external
        try:
            self._authority.trust(external.ca.read_text(encoding="ascii"))
        except (OSError, ValueError, ssl.SSLError) as error:
            raise _unreadable(stranger, "ca", external.ca, "certificates", error) from None
        path = external.client_certificate
        if path is not None:
            try:
                self._credentials[stranger.name] = GivenCredential.read(path)
            except (OSError, ssl.SSLError) as error:
                raise _unreadable(stranger, "client_certificate", path, "a certificate with its key", error) from None


def _unreadable(stranger: Stranger, field: str, path: Path, what: str, error: OSError | ValueError) -> BadTopology:
    why: object = f"it is no PEM with {what}"
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        why = error.strerror
    return BadTopology(f"{field} of {stranger.name}, {path}: {why}")
