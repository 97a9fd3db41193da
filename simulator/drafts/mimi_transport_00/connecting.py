"""Asking for a connection: by a connection group ([DS] Connection establishment flow)."""

from simulator.drafts.consent import ConnectingClient
from simulator.drafts.mls_profile import CONNECTION


async def connect(client: ConnectingClient, user: str) -> str:
    """Create a connection group and invite the user into it; the group's URI.

    First the KeyPackages, then the group: who can't be asked leaves no group behind.
    """
    key_packages = await client.fetch_key_packages(user, CONNECTION)
    group = await client.create_group(CONNECTION)
    await client.invite(group, user, key_packages)
    return group
