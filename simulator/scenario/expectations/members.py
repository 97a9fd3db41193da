"""Who is in a group."""

from collections.abc import Iterable
from typing import Any, ClassVar

from simulator.clients.members import clients
from simulator.scenario.names import ClientRef, GroupRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.differences import Differences, difference
from simulator.scenario.step import Expectation, Unmet
from simulator.services.names import parse_client


class Members(Expectation, frozen=True, tag="members"):
    """Exactly these clients are members: each of them that is online says so, if its provider is ours.

    Which clients the users of an external provider have is that one's affair: there only the users are compared.
    """

    spreads: ClassVar[bool] = True

    group: GroupRef
    clients: tuple[ClientRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Compare every member's tree, and look for others who think they are members."""
        group = context.group(self.group)
        uris = [context.session.client_uri(name) for name in self.clients]
        expected = _comparable(uris, context)
        online = [client for client in context.session.clients if client.online]
        self._check_who(
            [client.name for client in online if client.uri in uris],
            [client.name for client in online if group in client.groups],
        )
        views: dict[tuple[str, ...], list[str]] = {}
        for client in online:
            if client.uri in uris:
                members = _comparable(clients(client.groups[group]).values(), context)
                if members != expected:
                    views.setdefault(tuple(members), []).append(client.name)
        found = Differences()
        for seen, names in views.items():
            sees = f"{' and '.join(names)} {'sees' if len(names) == 1 else 'see'} {', '.join(seen)}"
            found.add(f"the members {', '.join(expected)}", f"{sees} ({difference(expected, seen)})")
        found.raise_if_any()

    def _check_who(self, expected: list[str], inside: list[str]) -> None:
        """Of those who are online."""
        missing, others = set(expected) - set(inside), set(inside) - set(expected)
        if len(missing) + len(others) == 1:
            name, there, what = (*missing, "", "it is not") if missing else (*others, "not ", "it is")
            raise Unmet(f"{name} {there}to be in {self.group}", what)
        if missing or others:
            raise Unmet(f"in {self.group} {', '.join(expected) or 'nobody'}", difference(expected, inside))


def _comparable(uris: Iterable[str], context: Context) -> list[str]:
    """Sorted; in the place of clients that we know nothing of, their users, once."""
    external_providers = {external.name for external in context.session.external_providers}
    found, users = [], set()
    for uri in uris:
        client = parse_client(uri)
        if client.provider in external_providers:
            users.add(client.user)
        else:
            found.append(uri)
    return sorted([*found, *users])
