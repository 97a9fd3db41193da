"""A user of a provider, ours or an external one's."""

from collections.abc import Mapping
from typing import Any

from simulator.clients import Client
from simulator.federation.external_provider import ExternalProvider
from simulator.provider import Provider
from simulator.services import names


class User:
    """A user with its clients. One of an external provider has a name and a URI for us, and its clients have names."""

    def __init__(
        self,
        name: str,
        uri: str,
        home: Provider | ExternalProvider,
        clients: tuple[Client, ...],
        devices: tuple[str, ...],
    ) -> None:
        self.name = name
        self.uri = uri
        self.devices = devices
        """The names of its clients, such as `phone`."""
        self._home = home
        self._clients = clients

    @property
    def at(self) -> str:
        """The name of its provider."""
        return self._home.name

    @property
    def provider(self) -> Provider:
        """Its provider. Raises Unsupported for an external one."""
        return (
            self._home.refuse(f"what it keeps for {self.name}")
            if isinstance(self._home, ExternalProvider)
            else self._home
        )

    @property
    def clients(self) -> tuple[Client, ...]:
        """Its clients, one or more. Raises Unsupported where they are at an external provider."""
        return (
            self._home.refuse(f"a client of {self.name}") if isinstance(self._home, ExternalProvider) else self._clients
        )

    @property
    def agrees(self) -> bool:
        """Whether it is an external provider's, and agrees to every connection request by itself."""
        return isinstance(self._home, ExternalProvider) and self._home.external.accepts

    def group_there(self, settings: Mapping[str, Any]) -> str | None:
        """The URI of a group with just these settings that the users of an external provider have created, if we know
        of one.
        """
        groups = self._home.external.groups if isinstance(self._home, ExternalProvider) else ()
        return next((group.uri for group in groups if group.settings == settings), None)

    @property
    def client_uris(self) -> tuple[str, ...]:
        """The URIs of its clients, wherever it is."""
        return tuple(names.client(self.at, self.name, device) for device in self.devices)

    def add(self, device: str, client: Client) -> None:
        """Let it have one more client, called `device`."""
        self.devices = (*self.devices, device)
        self._clients = (*self._clients, client)
