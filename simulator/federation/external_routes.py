"""How external providers are reached: where their names lead, whose certificates we believe, what we show them."""

import ssl
from collections.abc import Sequence
from pathlib import Path

from simulator.federation.external_provider import ExternalProvider
from simulator.federation.topology import BadTopology
from simulator.net import Address, Authority, GivenCredential, Network


class ExternalRoutes:
    """Makes external providers known to a network and an authority, before any provider of ours makes its TLS contexts.

    Raises BadTopology for a file that is not there, or is not what it should be.
    """

    def __init__(self, external_providers: Sequence[ExternalProvider], network: Network, authority: Authority) -> None:
        self._network = network
        self._authority = authority
        self._external_providers = {external.name: external for external in external_providers}
        self._credentials: dict[str, GivenCredential] = {}
        for external in external_providers:
            self._trust(external)
            network.faults.machines[external.name] = external
            for host in (external.name, external.service_host):
                self._lead(external, host)

    def discovered(self, provider: str, host: str) -> None:
        """Discovery says that `provider` is served at `host`. If we have never heard of an external one's, it is
        where that provider is: that is what DNS would say.
        """
        external = self._external_providers.get(provider)
        if external is not None and not self._network.knows(host):
            self._lead(external, host)

    def _lead(self, external: ExternalProvider, host: str) -> None:
        self._network.bind(host, Address(external.external.address, external.external.port))
        if external.name in self._credentials:
            self._authority.show(host, self._credentials[external.name])

    def _trust(self, external: ExternalProvider) -> None:
        settings = external.external
        try:
            self._authority.trust(settings.ca.read_text(encoding="ascii"))
        except (OSError, ValueError, ssl.SSLError) as error:
            raise _unreadable(external, "ca", settings.ca, "certificates", error) from None
        path = settings.client_certificate
        if path is not None:
            try:
                self._credentials[external.name] = GivenCredential.read(path)
            except (OSError, ssl.SSLError) as error:
                raise _unreadable(external, "client_certificate", path, "a certificate with its key", error) from None


def _unreadable(
    external: ExternalProvider, field: str, path: Path, what: str, error: OSError | ValueError
) -> BadTopology:
    why: object = f"it is no PEM with {what}"
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        why = error.strerror
    return BadTopology(f"{field} of {external.name}, {path}: {why}")
