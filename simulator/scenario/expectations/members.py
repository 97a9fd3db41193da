"""Who is in a group."""

from typing import Any

from simulator.clients.members import clients
from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef, GroupRef
from simulator.scenario.step import Expectation, Unmet


class Members(Expectation, frozen=True, tag="members"):
    """Exactly these clients are members: each of them that is online says so."""

    group: GroupRef
    clients: tuple[ClientRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Compare every member's tree, and look for others who think they are members."""
        group = context.group(self.group)
        expected = sorted(context.session.client(name).uri for name in self.clients)
        online = [client for client in context.session.clients if client.online]
        for client in online:
            if (client.uri in expected) != (group in client.groups):
                there, what = ("", "it is not") if client.uri in expected else ("not ", "it is")
                raise Unmet(f"{client.name} {there}to be in {self.group}", what)
        for client in online:
            if client.uri in expected:
                members = sorted(clients(client.groups[group]).values())
                if members != expected:
                    raise Unmet(f"the members {', '.join(expected)}", f"{client.name} sees {', '.join(members)}")
